import { createWords, useWords } from "@caravan/ui";
import { en } from "./en.ts";
import { zhCN } from "./zh-CN.ts";

const words = createWords({ en, "zh-CN": zhCN });

/** All words of the cockpit in one language. */
export type Say = (typeof words)["en"];

/** The words in the language of the person at the wheel. */
export const useSay = (): Say => useWords(words);
