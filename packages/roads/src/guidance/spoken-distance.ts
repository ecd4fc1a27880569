import type { GuideLanguage } from "./texts.ts";
import { wordsOf } from "./words.ts";

/** What people measure roads in. */
export type GuideUnits = "metric" | "imperial";

const metresPerMile = 1609.344;
const feetPerMetre = 1 / 0.3048;

function roundedTo(value: number, step: number): number {
  return Math.max(step, Math.round(value / step) * step);
}

/** Whole kilometres from 3 km, halves from 1 km, hundreds from 300 m, fifties from 100 m, tens below: nobody hears more. */
function metric(language: GuideLanguage, metres: number): string {
  const words = wordsOf(language);
  if (metres >= 2_750) return words.kilometres(Math.round(metres / 1000));
  if (metres >= 950) return words.kilometres(roundedTo(metres / 1000, 0.5));
  if (metres >= 275) return words.metres(roundedTo(metres, 100));
  return words.metres(roundedTo(metres, metres >= 95 ? 50 : 10));
}

/** Whole miles from 3, halves from 1, quarters from a fifth of a mile, below it hundreds of feet, below 300 feet fifties. */
function imperial(language: GuideLanguage, metres: number): string {
  const words = wordsOf(language);
  const miles = metres / metresPerMile;
  if (miles >= 2.75) return words.miles(Math.round(miles));
  if (miles >= 0.875) return words.miles(roundedTo(miles, 0.5));
  if (miles >= 0.19) return words.miles(roundedTo(miles, 0.25));
  const feet = metres * feetPerMetre;
  return words.feet(roundedTo(feet, feet >= 275 ? 100 : 50));
}

/** A distance as people say it: "300 metres", "1.5 kilometres", "half a mile", "两公里". */
export function spokenDistance(language: GuideLanguage, units: GuideUnits, metres: number): string {
  return units === "metric" ? metric(language, metres) : imperial(language, metres);
}
