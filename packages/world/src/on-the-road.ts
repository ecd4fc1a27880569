// Hot: runs ten times a second for every simulated car, `ease` a hundred times.
import { valueAt } from "@caravan/motion";
import type { CarParameters } from "@caravan/motion";
import type { PlannedPath } from "./car.ts";
import type { Ease, Mode } from "./driver.ts";
import { accelerationBehind } from "./traffic/follow-leader.ts";
import type { Sight } from "./traffic/lane.ts";
import type { Traffic } from "./traffic/shapes.ts";
import { ourStyle } from "./traffic/vehicle.ts";

/** m/s that nobody drives: behind a leader the plan alone says how fast is fast enough. */
const noWish = 70;
/** m/s3: how quickly the foot goes to the brake for somebody ahead, and in an emergency. */
const easing = 4;
const emergency = 14;

/** What lies around one car on its path: others ahead of it, and the roof of a tunnel above. */
export function createOnTheRoad(traffic: Traffic | undefined, car: CarParameters) {
  const member = traffic?.join(car.length);
  const frontBumper = car.frontToGravity + car.length - car.wheelbase - car.rearOverhang;
  const sight: Sight = { gap: Infinity, speed: 0, most: Infinity };
  let path: PlannedPath | undefined;
  let piece = 0;

  function leave(): void {
    if (path === undefined) return;
    path = undefined;
    sight.gap = Infinity;
    sight.most = Infinity;
    member?.follow(undefined);
  }

  /** The acceleration of the plan, or less where somebody ahead asks for it. */
  const ease: Ease = (planned, before, speed, dt) => {
    if (sight.gap === Infinity && sight.most === Infinity) return planned;
    sight.gap -= Math.max(speed - sight.speed, 0) * dt;
    const v = Math.max(speed, 0);
    let wanted = accelerationBehind(ourStyle, v, noWish, sight.gap, sight.speed);
    // The model never quite stands; a driver does.
    if (v < 0.6 && sight.speed < 0.1 && sight.gap < ourStyle.standstill + 1) wanted = -0.8;
    if (sight.most < v) wanted = Math.min(wanted, Math.max(1.2 * (sight.most - v), -ourStyle.braking * 1.5));
    if (wanted >= planned) return planned;
    const rate = wanted < -3.5 ? emergency : easing;
    return Math.min(planned, Math.max(wanted, before - rate * dt));
  };

  return {
    /** Every 100 ms. */
    look(mode: Mode, speed: number): void {
      if (mode.kind !== "driving") return leave();
      if (mode.path !== path) {
        path = mode.path;
        piece = 0;
        member?.follow(path);
      }
      const along = valueAt(path.s, path.along, mode.state.s, mode.state.index);
      const pieces = path.pieces ?? [];
      while (piece < pieces.length - 1 && along > (pieces[piece]?.to ?? Infinity)) piece += 1;
      member?.move(along + frontBumper, speed);
      member?.see(sight);
    },
    isInTunnel: (): boolean => path?.pieces?.[piece]?.tunnel ?? false,
    ease,
  };
}
