import type { Units } from "../format.ts";
import type { Look } from "../tokens.ts";
import type { Language } from "../words.ts";

/** How a person likes the pages of this browser; kept in it only. */
export interface Taste {
  readonly language: Language;
  readonly units: Units;
  readonly look: Look | "device";
}

/** The taste kept under `key`, or the device's own language and look. */
export function readTaste(key: string): Taste {
  const device: Taste = {
    language: navigator.language.toLowerCase().startsWith("zh") ? "zh-CN" : "en",
    units: navigator.language === "en-US" ? "imperial" : "metric",
    look: "device",
  };
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? "null");
    return typeof kept === "object" && kept !== null ? mergeTaste(device, kept) : device;
  } catch {
    // Storage may be blocked or hold another version's text: the device's own ways are good enough.
    return device;
  }
}

/** Keeps it for the next visit, where the browser lets us. */
export function keepTaste(key: string, taste: Taste): void {
  try {
    localStorage.setItem(key, JSON.stringify(taste));
  } catch {
    // A full or blocked storage only means that the choice is forgotten with the page.
  }
}

function mergeTaste(device: Taste, kept: object): Taste {
  const language =
    "language" in kept && (kept.language === "en" || kept.language === "zh-CN") ? kept.language : device.language;
  const units = "units" in kept && (kept.units === "metric" || kept.units === "imperial") ? kept.units : device.units;
  const look = "look" in kept && (kept.look === "day" || kept.look === "night") ? kept.look : device.look;
  return { language, units, look };
}
