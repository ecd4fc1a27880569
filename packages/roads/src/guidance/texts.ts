import en from "osrm-text-instructions/languages/translations/en.json" with { type: "json" };
import zh from "osrm-text-instructions/languages/translations/zh-Hans.json" with { type: "json" };
import { chineseCorrections } from "./chinese-corrections.ts";

/** The languages guidance speaks. */
export type GuideLanguage = "en" | "zh-CN";

/** A sentence with {tokens}, or a table of them. */
export type Phrase = string | { readonly [name: string]: Phrase };

function merged(base: Phrase, corrections: Phrase): Phrase {
  if (typeof base === "string" || typeof corrections === "string") return corrections;
  const names = new Set([...Object.keys(base), ...Object.keys(corrections)]);
  const both = [...names].map((name): [string, Phrase] => {
    const [ours, theirs] = [corrections[name], base[name]];
    return [name, ours === undefined ? (theirs ?? "") : theirs === undefined ? ours : merged(theirs, ours)];
  });
  return Object.fromEntries(both);
}

/**
 * The sentences of osrm-text-instructions 0.15 (BSD-2-Clause), two of its 31 languages; only the data is loaded, 45 kB in place of 800.
 */
const texts: Readonly<Record<GuideLanguage, Phrase>> = { en: en.v5, "zh-CN": merged(zh.v5, chineseCorrections) };

/** What stands at a path in the table of a language; undefined where nothing does. */
export function phraseAt(language: GuideLanguage, ...path: readonly string[]): Phrase | undefined {
  let at: Phrase | undefined = texts[language];
  for (const name of path) {
    if (at === undefined || typeof at === "string" || !Object.hasOwn(at, name)) return undefined;
    at = at[name];
  }
  return at;
}

/** The sentence at a path; empty where there is none. */
export function sentenceAt(language: GuideLanguage, ...path: readonly string[]): string {
  const found = phraseAt(language, ...path);
  return typeof found === "string" ? found : "";
}

/** Puts values for the {tokens} of a sentence; a token without a value leaves nothing behind. */
export function filled(sentence: string, tokens: Readonly<Record<string, string>>): string {
  return sentence
    .replace(/\{(\w+)(?::\w+)?\}/g, (_, name: string) => tokens[name] ?? "")
    .replace(/ {2,}/g, " ")
    .trim();
}

/** A sentence as it stands on its own. */
export function capitalised(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

/** A sentence as it stands after "In 300 metres, "; what follows another clause begins with its verb, which is never a name. */
export function uncapitalised(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1);
}
