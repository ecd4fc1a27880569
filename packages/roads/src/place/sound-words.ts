/** Longer names are said in parts; nobody types all of one. */
const mostSyllables = 12;

/**
 * Words of a name's sound for the index: each syllable ("ren", "min"), all from each syllable on joined ("renminguangchang",
 * "minguangchang", ...), and the first letters ("rmgc").
 */
export function soundWords(sound: string): string[] {
  const syllables = sound.split(" ").filter((part) => /^[a-z0-9]+$/.test(part));
  const said = syllables.slice(0, mostSyllables);
  const words = [...said];
  for (let i = 0; i + 1 < said.length; i++) words.push(said.slice(i).join(""));
  if (said.length > 1) words.push(said.map((syllable) => syllable[0]).join(""));
  return words;
}
