import type { VehicleSummary } from "@caravan/link";
import { paths } from "../paths.ts";

/** How much the figures of a car are worth now; `at` is the car's last sign of life, UTC ms. */
export type Freshness =
  | { readonly kind: "live" }
  /** The car was driving and connected, but nothing came for a while. */
  | { readonly kind: "silent"; readonly at: number }
  | { readonly kind: "offline"; readonly at: number | undefined }
  /** The cloud does not answer this phone. */
  | { readonly kind: "cut-off"; readonly at: number | undefined };

// A car that drives sends every second or two; one that stands has nothing new to say, and its connection vouches for the figures.
const silentAfterMs = 20_000;

export function freshnessOf(vehicle: VehicleSummary, isCutOff: boolean, now: number): Freshness {
  const at = vehicle.seenAt;
  if (isCutOff) return { kind: "cut-off", at };
  if (!vehicle.online) return { kind: "offline", at };
  const isMoving = vehicle.values[paths.isMoving]?.value === true;
  return isMoving && at !== undefined && now - at > silentAfterMs ? { kind: "silent", at } : { kind: "live" };
}
