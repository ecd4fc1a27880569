/** The two first languages. */
export type Language = "en" | "zh-CN";

/** A word is text, or a function of named values that returns text, so each language keeps its own order and plurals. */
export type Words = Readonly<Record<string, string | ((values: never) => string)>>;

/** Both languages of one screen. */
export type WordTable<Table extends Words> = Readonly<Record<Language, Table>>;

/**
 * The words of one screen in both languages. The Chinese table must have exactly the keys and parameters of the English one, checked by the compiler.
 * ```ts
 * const words = createWords({
 *   en: { search: "Search", left: (v: { minutes: number }) => `${v.minutes} min left` },
 *   "zh-CN": { search: "搜索", left: (v) => `还有${v.minutes}分钟` },
 * });
 * ```
 */
export function createWords<Table extends Words>(words: {
  readonly en: Table;
  readonly "zh-CN": NoInfer<Table>;
}): WordTable<Table> {
  return words;
}
