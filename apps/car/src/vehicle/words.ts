import type { Settings } from "@caravan/link";

import type { Habit } from "../journey/outing.ts";

const details: Readonly<Record<Settings["language"], Readonly<Record<Exclude<Habit, "none">, string>>>> = {
  en: { "round-trip": "The simulation's own round trip", errands: "The simulation's own errand" },
  "zh-CN": { "round-trip": "模拟车自行往返", errands: "模拟车自行出行" },
};

/** What stands under the name of a destination that nobody chose, so that nobody takes the drive for a person's. */
export function outingDetail(habit: Exclude<Habit, "none">, language: Settings["language"]): string {
  return details[language][habit];
}
