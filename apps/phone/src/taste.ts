import type { Language, Look, Units } from "@caravan/ui";

/** What this phone prefers; kept in the browser only. */
export interface Taste {
  readonly language: Language;
  readonly units: Units;
  readonly look: Look | "device";
}

const key = "caravan-phone-taste";

/** Kept taste, or the phone's own language and look. */
export function readTaste(): Taste {
  const device: Taste = {
    language: navigator.language.toLowerCase().startsWith("zh") ? "zh-CN" : "en",
    units: navigator.language === "en-US" ? "imperial" : "metric",
    look: "device",
  };
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? "null");
    return typeof kept === "object" && kept !== null ? mergeTaste(device, kept) : device;
  } catch {
    // Storage may be blocked or hold another version's text: the phone's own ways are good enough.
    return device;
  }
}

export function keepTaste(taste: Taste): void {
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
