import { airDensity, comfortableStyle, planSpeed, resistance } from "@caravan/motion";
import type { CarParameters } from "@caravan/motion";
import type { EnergyModel } from "@caravan/roads/charging";
import { pack, recuperationLimit, usableCharge } from "./battery.ts";
import type { Battery } from "./battery.ts";
import type { Forecast, PlannedPath } from "./car.ts";
import { styleOf } from "./driver.ts";
import { drivetrain, electricPower } from "./powertrain.ts";

/** Inside the battery a little more is lost than its terminals see. */
const batteryLoss = 0.01;

/** Drives the path on paper: the speed plan's accelerations through the car's own losses, with the load of now for auxiliaries and climate. */
export function forecastDrive(
  car: CarParameters,
  path: PlannedPath,
  battery: Battery,
  mode: string,
  auxiliary: number,
): Forecast {
  const { speed, time } = planSpeed(car, path, styleOf(mode));
  const recuperation = recuperationLimit(battery);
  const duration = time[time.length - 1] ?? 0;
  let joules = auxiliary * duration;
  for (let i = 1; i < speed.length; i++) {
    const dt = (time[i] ?? 0) - (time[i - 1] ?? 0);
    const from = speed[i - 1] ?? 0;
    const to = speed[i] ?? 0;
    const mean = (from + to) / 2;
    const ds = (path.s[i] ?? 0) - (path.s[i - 1] ?? 0);
    const acceleration = (to * to - from * from) / (2 * ds);
    const slope = path.grade?.[i] ?? 0;
    const force = (car.mass + car.rotatingMass) * acceleration + resistance(car, mean) + car.mass * 9.81 * slope;
    joules += Math.max(electricPower(force, mean), -recuperation) * dt;
  }
  const energy = (joules * (1 + batteryLoss)) / 3.6e6;
  const share = (energy * 3.6e6) / pack.energy;
  return { duration, energy, arrivalCharge: 100 * usableCharge(Math.max(battery.charge - share, 0)) };
}

/** The car's own losses as the energy model of a whole map; `auxiliary` in W. */
export function energyModelOf(car: CarParameters, auxiliary: number): EnergyModel {
  const { acceleration, deceleration, lateral } = comfortableStyle;
  return {
    mass: car.mass,
    rotatingMass: car.rotatingMass,
    dragArea: car.dragCoefficient * car.frontalArea,
    airDensity,
    rollingResistance: car.rollingResistance,
    ...drivetrain,
    batteryLoss,
    auxiliary,
    acceleration,
    deceleration,
    lateral,
  };
}
