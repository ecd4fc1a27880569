import type { TurnModifier } from "./manoeuvre.ts";

/** The word for a turn by `angle` radians, right positive; boundaries as a driver would call them. */
export function turnModifier(angle: number): TurnModifier {
  const degrees = (Math.abs(angle) * 180) / Math.PI;
  const right = angle > 0;
  if (degrees < 15) return "straight";
  if (degrees < 50) return right ? "slight right" : "slight left";
  if (degrees < 125) return right ? "right" : "left";
  if (degrees < 172) return right ? "sharp right" : "sharp left";
  return "uturn";
}
