// Hot: runs for every frame.
import { metresBetween, moveBy, turnBetween } from "./path.ts";
import type { MapPose } from "./types.ts";

/** Where the car is drawn: follows the poses that come ten times a second without ever jumping between them. */
export interface DrawnPose {
  lon: number;
  lat: number;
  heading: number;
  speed: number;
}

// Longer than the gap between two poses, shorter than a driver would notice as lead.
const longestPrediction = 0.5;
const settleSeconds = 0.22;
const jumpMetres = 80;

/** Between-the-poses motion: predicts from the newest pose for at most half a second, and lets what was wrong fade out. */
export class PoseMotion {
  readonly drawn: DrawnPose = { lon: 0, lat: 0, heading: 0, speed: 0 };
  #pose: MapPose | undefined;
  #poseAt = 0;
  #turnRate = 0;
  #drawnAt = 0;

  /** `at` in seconds of the same clock as `step`. */
  set(pose: MapPose | undefined, at: number): void {
    const before = this.#pose;
    const gap = at - this.#poseAt;
    this.#pose = pose;
    this.#poseAt = at;
    if (pose === undefined) return;
    if (before === undefined || metresBetween(this.drawn.lon, this.drawn.lat, pose.lon, pose.lat) > jumpMetres) {
      this.drawn.lon = pose.lon;
      this.drawn.lat = pose.lat;
      this.drawn.heading = pose.heading;
      this.drawn.speed = pose.speed;
      this.#drawnAt = at;
      this.#turnRate = 0;
      return;
    }
    if (gap > 0.02 && gap < 1) {
      const rate = turnBetween(before.heading, pose.heading) / gap;
      this.#turnRate += (Math.max(-60, Math.min(60, rate)) - this.#turnRate) * 0.5;
    } else {
      this.#turnRate = 0;
    }
  }

  /** Moves `drawn` on to `at`; true while there is something to see moving. */
  step(at: number): boolean {
    const pose = this.#pose;
    if (pose === undefined) return false;
    const drawn = this.drawn;
    const passed = Math.min(0.25, Math.max(0, at - this.#drawnAt));
    this.#drawnAt = at;
    const age = Math.min(longestPrediction, Math.max(0, at - this.#poseAt));
    const heading = pose.heading + this.#turnRate * Math.min(age, 0.2);
    const [lon, lat] = moveBy(pose.lon, pose.lat, heading, pose.speed * age);
    const keep = Math.exp(-passed / settleSeconds);
    // First on with its own speed, then the rest of the way towards the prediction.
    const [nextLon, nextLat] = moveBy(
      drawn.lon,
      drawn.lat,
      drawn.heading,
      age < longestPrediction ? drawn.speed * passed : 0,
    );
    const wrongLon = nextLon - lon;
    const wrongLat = nextLat - lat;
    drawn.lon = lon + wrongLon * keep;
    drawn.lat = lat + wrongLat * keep;
    const wrongHeading = turnBetween(heading, drawn.heading);
    drawn.heading = (heading + wrongHeading * keep + 360) % 360;
    drawn.speed = pose.speed + (drawn.speed - pose.speed) * keep;
    return (
      (Math.abs(pose.speed) > 0.05 && at - this.#poseAt < 2) ||
      Math.abs(wrongHeading) > 0.05 ||
      Math.abs(wrongLat) > 1e-7 ||
      Math.abs(wrongLon) > 1e-7
    );
  }
}
