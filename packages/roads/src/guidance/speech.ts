/** Characters a second of calm speech: about 150 English words a minute, and 4.5 Chinese syllables a second. */
const lettersPerSecond = 14;
const hanPerSecond = 4.5;

/** Seconds until a voice has begun. */
const breath = 0.3;

/** Seconds it takes to say a text in either language, or in a mixture of both. */
export function speechSeconds(text: string): number {
  const han = text.match(/\p{Script=Han}/gu)?.length ?? 0;
  return breath + han / hanPerSecond + (text.length - han) / lettersPerSecond;
}
