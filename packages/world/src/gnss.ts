import { Vehicle } from "@caravan/signals";
import { headingDegrees, toLat, toLon } from "./frame.ts";
import type { Frame } from "./frame.ts";
import type { Writer } from "./writer.ts";

const { CurrentLocation } = Vehicle;

const spread = 0.35; // m, standard deviation of each axis
const memory = 40; // s, how slowly the error wanders (first-order Gauss-Markov)
/** Metres a second that the accuracy gets worse without satellites, and where it ends. */
const worsening = 1.5;
const worst = 300;
/** The first position after a tunnel is off by metres; that fades within seconds. */
const firstSpread = 4;
const fading = 3; // s

/**
 * A satellite receiver with a wandering error of a few decimetres, which holds its last position while the car stands, as real ones do. Without
 * sky it has no fix and gives no position and no heading; below the sky again it takes one to two seconds to the first one.
 */
export function createGnss(writer: Writer, normal: () => number) {
  let east = spread * normal();
  let north = spread * normal();
  let accuracy = 2 * spread;
  /** Seconds under the sky still needed for a fix. */
  let missing = 0;
  /** Metres that the first positions after a gap are off on top. */
  let strayEast = 0;
  let strayNorth = 0;
  writer.text(CurrentLocation.GNSSReceiver.FixType, "THREE_D");
  writer.number(CurrentLocation.HorizontalAccuracy, accuracy, 10);
  return {
    /** Every 100 ms while moving; once more after stopping. */
    step(frame: Frame, x: number, y: number, yaw: number, isMoving: boolean, hasSky: boolean, dt: number): void {
      if (!hasSky) missing = 1.5 + 0.5 * Math.tanh(normal());
      if (!hasSky || missing > 0) {
        if (hasSky) missing -= dt;
        if (isMoving) accuracy = Math.min(accuracy + worsening * dt, worst);
        strayEast = firstSpread * normal();
        strayNorth = firstSpread * normal();
        writer.text(CurrentLocation.GNSSReceiver.FixType, "NONE");
        writer.number(CurrentLocation.HorizontalAccuracy, accuracy, 10);
        return;
      }
      if (isMoving) {
        const kept = Math.exp(-dt / memory);
        const fresh = spread * Math.sqrt(1 - kept * kept);
        east = kept * east + fresh * normal();
        north = kept * north + fresh * normal();
      }
      const faded = Math.exp(-dt / fading);
      strayEast *= faded;
      strayNorth *= faded;
      const stray = Math.hypot(strayEast, strayNorth);
      accuracy = 2 * spread + (stray > 0.1 ? stray : 0);
      writer.text(CurrentLocation.GNSSReceiver.FixType, "THREE_D");
      writer.number(CurrentLocation.HorizontalAccuracy, accuracy, 10);
      writer.number(CurrentLocation.Latitude, toLat(frame, y + north + strayNorth), 1e7);
      writer.number(CurrentLocation.Longitude, toLon(frame, x + east + strayEast), 1e7);
      writer.number(CurrentLocation.Heading, headingDegrees(yaw) % 360, 10);
    },
  };
}
