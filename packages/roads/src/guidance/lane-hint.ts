import type { Lane } from "../route/manoeuvre.ts";
import type { GuideLanguage } from "./texts.ts";
import { wordsOf } from "./words.ts";

/** "Use the two left lanes"; empty where all lanes will do, where none is known, or where no short words fit. */
export function laneHint(language: GuideLanguage, lanes: readonly Lane[] | undefined): string {
  if (lanes === undefined || lanes.length < 2) return "";
  const first = lanes.findIndex(({ valid }) => valid);
  const last = lanes.findLastIndex(({ valid }) => valid);
  const count = last - first + 1;
  if (first < 0 || count === lanes.length || lanes.slice(first, last + 1).some(({ valid }) => !valid)) return "";
  const words = wordsOf(language);
  if (first === 0) return words.lanes({ side: "left", count });
  if (last === lanes.length - 1) return words.lanes({ side: "right", count });
  // "The middle lane" is only clear where as many lanes lie to its left as to its right.
  return first === lanes.length - 1 - last ? words.lanes({ side: "middle", count }) : "";
}
