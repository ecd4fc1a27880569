import { categoryMeant } from "./categories.ts";
import type { PlaceCategory } from "./categories.ts";

const crossingWords = /\s*(?:&|\+|\/|×|与|和|交叉口?)\s*|\s+(?:and|x|at|corner of|och|und|et)\s+/iu;
const crossingEnd = /(?:的?(?:交叉口|路口|交口|十字路口)|\s+(?:crossing|junction|intersection))$/iu;
const crossingStart = /^(?:corner of|crossing of|intersection of|junction of)\s+/iu;
/** After a street's last sign the next one begins: "南京西路石门一路". */
const chineseStreetEnd = /(?<=[路街道弄])(?=\p{sc=Han})/u;

/** The two streets of a question for a crossing: "A & B", "A and B", "A与B路口", "A路B路"; undefined for other questions. */
export function streetsMeant(text: string): readonly [string, string] | undefined {
  const bare = text.trim().replace(crossingStart, "").replace(crossingEnd, "");
  for (const separator of [crossingWords, chineseStreetEnd]) {
    const parts = bare.split(separator).map((part) => part.trim());
    const [a = "", b = ""] = parts;
    if (parts.length === 2 && a !== "" && b !== "") return [a, b];
  }
  return undefined;
}

/** Ways to cut a question without a separator into two streets: "vasagatan avenyn". At most six words. */
export function pairsOfWords(text: string): readonly (readonly [string, string])[] {
  const words = text.trim().split(/\s+/);
  if (words.length < 2 || words.length > 6) return [];
  return words.slice(1).map((_, i) => [words.slice(0, i + 1).join(" "), words.slice(i + 1).join(" ")] as const);
}

const houseNumber = /^(\d{1,5}\s?[a-z]?)(?:\s*号)?$/iu;

/** Street and house number of a question: "Rue Grimaldi 12", "12 rue Grimaldi", "南京西路12号"; undefined without a number. */
export function addressMeant(text: string): { readonly street: string; readonly number: string } | undefined {
  const spaced = text.trim().replace(/(\p{sc=Han})(\d)/gu, "$1 $2");
  const words = spaced.split(/[\s,]+/);
  if (words.length < 2) return undefined;
  for (const [number = "", street] of [
    [words.at(-1), words.slice(0, -1)],
    [words[0], words.slice(1)],
  ] as const) {
    const match = houseNumber.exec(number);
    if (match !== null) return { street: street.join(" "), number: (match[1] ?? "").replace(/\s/g, "").toLowerCase() };
  }
  return undefined;
}

const nearWords = /\s+(?:near|by|at|on|in|around|close to)\s+/iu;

/** What is wanted and where: "coffee near Vasagatan", "人民广场附近的咖啡", "coffee Vasagatan"; undefined for other questions. */
export function categoryNearby(
  text: string,
): { readonly category: PlaceCategory; readonly beside: string } | undefined {
  const chinese = /^(.+?)附近的?(.+)$/u.exec(text.trim());
  const pairs =
    chinese === null
      ? [text.trim().split(nearWords), ...pairsOfWords(text)].filter((pair) => pair.length === 2)
      : [[chinese[2], chinese[1]]];
  for (const [what = "", beside = ""] of pairs) {
    const category = categoryMeant(what);
    if (category !== undefined && beside !== "") return { category, beside };
  }
  return undefined;
}
