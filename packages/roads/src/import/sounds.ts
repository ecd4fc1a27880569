import type { NamedPlace } from "../city.ts";

/** Latin syllables of a Chinese text, without tones; what is not Chinese comes back as it is. */
export type Romanise = (text: string) => readonly string[];

const chinese = /\p{sc=Han}/u;

/** Whether any name of a map has Chinese in it. */
export function hasChinese(names: readonly string[], places: readonly NamedPlace[]): boolean {
  return (
    names.some((name) => chinese.test(name)) ||
    places.some(({ name, alias = "" }) => chinese.test(name) || chinese.test(alias))
  );
}

/** How the Chinese names of a map are said, for those who type them in Latin letters; empty without a `romanise`. */
export function soundsOf(
  names: readonly string[],
  places: readonly NamedPlace[],
  romanise: Romanise | undefined,
): ReadonlyMap<string, string> {
  const sounds = new Map<string, string>();
  if (romanise === undefined) return sounds;
  const listen = (text: string): void => {
    if (!chinese.test(text) || sounds.has(text)) return;
    sounds.set(text, romanise(text).join(" ").toLowerCase().replace(/ü/g, "v").replace(/\s+/g, " ").trim());
  };
  for (const name of names) for (const part of name.split(";")) listen(part);
  for (const { name, alias = "" } of places) {
    listen(name);
    for (const part of alias.split(";")) listen(part);
  }
  return sounds;
}
