// Hot: runs a hundred times a second for every simulated car.
import { resistance } from "@caravan/motion";
import type { CarParameters } from "@caravan/motion";

/** What the wheels get for a wanted acceleration, and what that costs. Mutable: reused for every step. */
export interface Effort {
  /** N by the motor at the driven wheels; negative recuperates while rolling forward. */
  drive: number;
  /** N by the friction brakes. */
  brake: number;
}

/** Losses between battery and wheels: share of the mechanical power, W/N2, and W while turning. */
export const drivetrain = { lossShare: 0.07, lossPerForce2: 2.5e-4, turningPower: 300 } as const;

/**
 * W of electricity for a force at the driven wheels at a speed; negative where more comes back than is lost. 2 % in the transmission (FASTSim),
 * 5 % and a part with the square of the force in motor and inverter, 300 W while turning: fitted so that the EPA city and highway cycles cost
 * what the label of the real car says (`energy.test.ts`).
 */
export function electricPower(force: number, speed: number): number {
  const mechanical = force * speed;
  const standing = Math.abs(speed) < 0.01 && Math.abs(force) < 1;
  return (
    mechanical +
    drivetrain.lossShare * Math.abs(mechanical) +
    drivetrain.lossPerForce2 * force * force +
    (standing ? 0 : drivetrain.turningPower)
  );
}

/**
 * Splits a wanted acceleration (m/s2, along the way the car rolls) between motor and brakes. Braking recuperates first, as far as the
 * battery takes it and less below walking pace, where a motor cannot brake; friction does the rest.
 */
export function demand(
  car: CarParameters,
  acceleration: number,
  speed: number,
  slope: number,
  limits: { readonly discharge: number; readonly recuperation: number },
  effort: Effort,
): void {
  const v = Math.abs(speed);
  const force = (car.mass + car.rotatingMass) * acceleration + resistance(car, v) + car.mass * 9.81 * slope;
  if (force >= 0) {
    const byPower = Math.min(car.motorPower, limits.discharge * 0.9) / Math.max(v, 4);
    effort.drive = Math.min(force, car.motorForce, byPower);
    effort.brake = 0;
    return;
  }
  const fade = Math.min(Math.max((v - 0.6) / 2.2, 0), 1);
  const byPower = (limits.recuperation / 0.92 / Math.max(v, 1)) * fade;
  effort.drive = -Math.min(-force, byPower, 0.45 * car.motorForce);
  effort.brake = -force + effort.drive;
}
