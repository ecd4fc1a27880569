import { colours, type Look } from "@caravan/ui";
import type { RearPalette } from "./draw.ts";

const scene = {
  night: {
    sky: "#0B0F14",
    ground: "#141B23",
    road: "#26313D",
    kerb: "#55687A",
    marking: "#B9C7D4",
    car: "#3D4F61",
    wall: "#34424F",
    edge: "#6F859A",
    glass: "#1B2630",
  },
  day: {
    sky: "#DFE7EC",
    ground: "#C3CCD3",
    road: "#A3AFB9",
    kerb: "#E9EEF1",
    marking: "#FFFFFF",
    car: "#6D7D8C",
    wall: "#8B98A3",
    edge: "#2F3B46",
    glass: "#38454F",
  },
} as const;

/** Colours of the drawn rear view: the guide lines wear the meanings of the look. */
export function rearPalette(look: Look): RearPalette {
  const { danger, caution, good } = colours[look];
  return { ...scene[look], near: danger, middle: caution, far: good };
}
