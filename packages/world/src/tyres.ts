import { Vehicle } from "@caravan/signals";
import type { Writer } from "./writer.ts";

const { Row1, Row2 } = Vehicle.Chassis.Axle;
const wheels = [Row1.Wheel.Left, Row1.Wheel.Right, Row2.Wheel.Left, Row2.Wheel.Right];

/** kPa above the air around, at 20 °C: the placard of the real car (2.9 bar). */
const coldPressure = 290;
const lowPressure = 230;
const coldKelvin = 293.15;
const atmosphere = 101.3;

/** Four tyres whose air warms with speed and whose pressure follows the gas law. `random` gives each its own small difference. */
export function createTyres(writer: Writer, random: () => number, outside: number) {
  const filled = wheels.map(() => coldPressure + 8 * (random() - 0.5));
  let warmth = 0; // K above the air outside
  return {
    step(speed: number, dt: number): void {
      const v = Math.abs(speed);
      warmth += ((Math.min(0.9 * v, 28) - warmth) * dt) / 900;
      const celsius = outside + warmth;
      wheels.forEach((wheel, i) => {
        const pressure = ((filled[i] ?? coldPressure) + atmosphere) * ((celsius + 273.15) / coldKelvin) - atmosphere;
        writer.number(wheel.Tire.Pressure, pressure, 1);
        writer.boolean(wheel.Tire.IsPressureLow, pressure < lowPressure);
        writer.number(wheel.Tire.Temperature, celsius, 2);
      });
    },
  };
}
