import { Vehicle } from "@caravan/signals";
import { headingDegrees, toLat, toLon } from "./frame.ts";
import type { Frame } from "./frame.ts";
import type { Writer } from "./writer.ts";

const { CurrentLocation } = Vehicle;

const spread = 0.35; // m, standard deviation of each axis
const memory = 40; // s, how slowly the error wanders (first-order Gauss-Markov)

/** A satellite receiver with a wandering error of a few decimetres, which holds its last position while the car stands, as real ones do. */
export function createGnss(writer: Writer, normal: () => number) {
  let east = spread * normal();
  let north = spread * normal();
  writer.text(CurrentLocation.GNSSReceiver.FixType, "THREE_D");
  writer.number(CurrentLocation.HorizontalAccuracy, 2 * spread, 10);
  return {
    /** Every 100 ms while moving; once more after stopping. */
    step(frame: Frame, x: number, y: number, yaw: number, isMoving: boolean, dt: number): void {
      if (isMoving) {
        const kept = Math.exp(-dt / memory);
        const fresh = spread * Math.sqrt(1 - kept * kept);
        east = kept * east + fresh * normal();
        north = kept * north + fresh * normal();
      }
      writer.number(CurrentLocation.Latitude, toLat(frame, y + north), 1e7);
      writer.number(CurrentLocation.Longitude, toLon(frame, x + east), 1e7);
      writer.number(CurrentLocation.Heading, headingDegrees(yaw) % 360, 10);
    },
  };
}
