import type { Formats } from "@caravan/ui";
import type { Say } from "./words.ts";

/** Less than this is no difference to a driver, in seconds. */
const sameSeconds = 45;

/** Seconds as whole minutes, at least one: nobody chooses a way by seconds. */
const minutes = (formats: Pick<Formats, "duration">, seconds: number): string =>
  formats.duration(Math.max(1, Math.round(Math.abs(seconds) / 60)) * 60);

/** How much longer (+3 min) or shorter (−2 min) something takes, in the fewest words. */
export function timeDifference(say: Say, formats: Pick<Formats, "duration">, seconds: number): string {
  if (Math.abs(seconds) < sameSeconds) return say.aboutSame;
  return seconds > 0
    ? say.longer({ time: minutes(formats, seconds) })
    : say.shorter({ time: minutes(formats, seconds) });
}

/** How much longer or shorter one way takes than another, as their times are shown: in whole minutes. */
export const wayDifference = (say: Say, formats: Pick<Formats, "duration">, way: number, other: number): string =>
  timeDifference(say, formats, (Math.round(way / 60) - Math.round(other / 60)) * 60);

/** What a visit costs on the way somewhere. */
export function detourTime(say: Say, formats: Pick<Formats, "duration">, seconds: number): string {
  return seconds < sameSeconds ? say.onTheWay : say.longer({ time: minutes(formats, seconds) });
}

/** Traffic is worth a word from a minute on. */
export function delayText(say: Say, formats: Pick<Formats, "duration">, seconds: number): string | undefined {
  return seconds < 60 ? undefined : say.trafficDelay({ time: minutes(formats, seconds) });
}
