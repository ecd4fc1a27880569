const letters: Readonly<Record<string, string>> = {
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ø: "o",
  đ: "d",
  ð: "d",
  ł: "l",
  þ: "th",
  ı: "i",
};

/** Text as it is compared: lower case, no accents, special letters spelled out, so that "Goteborg" finds "Göteborg". */
export function fold(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase()
    .replace(/[ßæœøđðłþı]/g, (letter) => letters[letter] ?? letter);
}

const wordOrSign = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]+|[\p{L}\p{N}]+/gu;
const eastAsian = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]/u;

/**
 * Words of a text for the index. Scripts without spaces give every sign and every pair of neighbours; a letter with a number ("E 6")
 * gives the two joined as well.
 */
export function wordsOf(text: string): string[] {
  const words: string[] = [];
  let before = "";
  for (const [run] of fold(text).matchAll(wordOrSign)) {
    if (!eastAsian.test(run)) {
      // Han signs may follow Latin letters without a space.
      for (const part of run.match(/[\p{sc=Han}]+|[^\p{sc=Han}]+/gu) ?? []) words.push(part);
      if (/^[a-z]{1,2}$/.test(before) && /^\d+$/.test(run)) words.push(before + run);
      before = run;
      continue;
    }
    const signs = Array.from(run);
    for (const [i, sign] of signs.entries()) {
      words.push(sign);
      if (i + 1 < signs.length) words.push(sign + signs[i + 1]);
    }
    before = "";
  }
  return words;
}
