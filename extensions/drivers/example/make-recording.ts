import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { encodeMessage, parseDbc } from "@caravan/drivers/can";

/** Computes drive.candump: forty seconds of a car that does not exist. `node extensions/drivers/example/make-recording.ts` writes it anew. */
const dbc = parseDbc(readFileSync(join(import.meta.dirname, "car.dbc"), "utf8"));
const seconds = 40;

/** m/s: it stands, speeds up, drives at 50 km/h, slows down for a bend, stops. */
function speedAt(t: number): number {
  if (t < 6) return 0;
  if (t < 13) return ((t - 6) / 7) * 13.9;
  if (t < 22) return 13.9;
  if (t < 25) return 13.9 - (t - 22) * 3;
  if (t < 30) return 4.9;
  return Math.max(0, 4.9 - (t - 30) * 1.4);
}

/** Degrees at the wheel, left positive: one bend to the left. */
const steeringAt = (t: number): number => (t > 24 && t < 31 ? 180 * Math.sin(((t - 24) / 7) * Math.PI) : 0);
const isBraking = (t: number): boolean => (t >= 22 && t < 25) || t >= 30;
const gearAt = (t: number): number => (t < 5 || t >= 37 ? 0 : isBraking(t) ? 4 : 3);

const pageAt = (step: number): number => Math.floor(step / 10) % 3;

function valuesAt(message: string, t: number, step: number, metres: number): Readonly<Record<string, number>> {
  const speed = speedAt(t);
  const angle = steeringAt(t);
  // Wheels inside of the bend are slower.
  const spread = angle / 4_000;
  const wheel = (share: number): number => Math.max(0, speed * 3.6 * (1 + share));
  switch (message) {
    case "WHEELS":
      return { WHEEL_FL: wheel(-spread), WHEEL_FR: wheel(spread), WHEEL_RL: wheel(-spread), WHEEL_RR: wheel(spread) };
    case "MOTION":
      return {
        SPEED: speed,
        YAW_RATE: (speed * angle) / 45,
        BRAKE_PEDAL: isBraking(t) ? 24 : 0,
        COUNTER: step % 16,
        CHECKSUM: (step * 7) % 256,
      };
    case "STEERING":
      return { ANGLE: angle, HANDS_ON: 1 };
    case "DRIVE":
      return {
        GEAR: gearAt(t),
        ACCELERATOR: t >= 6 && t < 13 ? 32 : t < 22 ? 8 : 0,
        ODOMETER: 12_345.6 + metres / 1_000,
      };
    case "LIGHTS":
      return {
        LOW_BEAM: t >= 3 ? 1 : 0,
        HIGH_BEAM: t >= 15 && t < 17 ? 1 : 0,
        INDICATORS: t >= 21 && t < 30 ? 1 : t >= 38 ? 3 : 0,
        BRAKE_LAMPS: isBraking(t) ? 1 : 0,
        PARKING_LAMPS: 1,
      };
    case "DOORS":
      return {
        DRIVER_OPEN: t < 2 ? 1 : 0,
        PASSENGER_OPEN: 0,
        LOCKED: t < 1 ? 3 : t >= 8 ? 1 : 0,
        PARKING_BRAKE: t < 5 || t >= 37 ? 1 : 0,
      };
    case "BATTERY":
      return batteryAt(step, speed, t);
    default:
      return { AIR_TEMPERATURE: t < 2 ? 87.5 : 11.5, CABIN_TEMPERATURE: 18 + t / 20 };
  }
}

/** Each page in its turn. */
function batteryAt(step: number, speed: number, t: number): Readonly<Record<string, number>> {
  const power = isBraking(t) ? -15 * speed : 2 + 1.6 * speed;
  switch (pageAt(step)) {
    case 0:
      return { PAGE: 0, CHARGE: 64.3 - t / 200, VOLTAGE: 396 - power / 40, CURRENT: power };
    case 1:
      return { PAGE: 1, TEMPERATURE: 21.5, RANGE: 271 };
    default:
      return { PAGE: 2, HEALTH: 0.94 };
  }
}

const everySteps: Readonly<Record<string, number>> = { DRIVE: 2, LIGHTS: 5, DOORS: 10, BATTERY: 10, OUTSIDE: 10 };
const lines: string[] = [];
let metres = 0;
for (let step = 0; step <= seconds * 10; step++) {
  const t = step / 10;
  metres += speedAt(t) / 10;
  dbc.messages.forEach((message, i) => {
    if (step % (everySteps[message.name] ?? 1) !== 0) return;
    const outcome = encodeMessage(message, valuesAt(message.name, t, step, metres));
    if (outcome.kind === "refused") throw new Error(`${message.name}: ${outcome.why}`);
    const { id, isExtended, data } = outcome.frame;
    const time = (t + i * 0.0002).toFixed(6);
    const name = id
      .toString(16)
      .toUpperCase()
      .padStart(isExtended ? 8 : 3, "0");
    lines.push(`(${time}) can0 ${name}#${Buffer.from(data).toString("hex").toUpperCase()}`);
  });
}
writeFileSync(join(import.meta.dirname, "drive.candump"), `${lines.join("\n")}\n`);
