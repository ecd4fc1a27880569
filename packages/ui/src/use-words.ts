import { useScreen } from "./screen.tsx";
import type { Words, WordTable } from "./words.ts";

/** The table of the screen's language: `const say = useWords(words); say.search`. */
export function useWords<Table extends Words>(words: WordTable<Table>): Table {
  return words[useScreen().language];
}
