import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { Store, Vehicle, catalogue } from "@caravan/signals";
import { expect, test } from "vitest";
import { parseDbc } from "../dbc/parse-dbc.ts";
import { compileMapping } from "../mapping/compile-mapping.ts";
import { readMapping } from "../mapping/read-mapping.ts";
import { Sources } from "../sources/sources.ts";
import { Run } from "../supervision/run.ts";
import { CandumpReader } from "./candump.ts";
import { Frames } from "./frames.ts";
import { Translator } from "./translator.ts";

const folder = join(process.env["CARAVAN_TESTDATA"] ?? "", "can");
const recording = join(folder, "rav4-2017-seg40.candump.log.gz");

/** Second by second values of a published CSV with the same times as the frames. */
const column = (file: string): Map<number, number> =>
  new Map(
    readFileSync(join(folder, file), "utf8")
      .trim()
      .split("\n")
      .slice(1)
      .map((row) => {
        const [second, value] = row.split(",");
        return [Math.round(Number(second) * 1e6), Number(value)];
      }),
  );

test.skipIf(!existsSync(recording))(
  "a real minute of a RAV4 gives the published wheel speeds and steering angles, frame by frame",
  () => {
    const dbc = parseDbc(readFileSync(join(folder, "toyota_new_mc_pt.merged.dbc"), "utf8"));
    const wheel = (field: string) => ({ message: "WHEEL_SPEEDS", field: `WHEEL_SPEED_${field}` });
    const { Row1, Row2 } = Vehicle.Chassis.Axle;
    const wheels = [Row1.Wheel.Left.Speed, Row1.Wheel.Right.Speed, Row2.Wheel.Left.Speed, Row2.Wheel.Right.Speed];
    const signals = {
      ...Object.fromEntries(wheels.map(({ path }, i) => [path, wheel(["FL", "FR", "RL", "RR"][i] ?? "")])),
      // A float of the catalogue, so that no rounding hides an error.
      [Row1.SteeringAngle.path]: { message: "STEER_ANGLE_SENSOR", value: "STEER_ANGLE + STEER_FRACTION" },
    };
    const mapping = compileMapping(readMapping({ bus: "can0", signals }), dbc, catalogue);
    const clock = { now: () => 0 };
    const store = new Store({ catalogue, clock });
    const sources = new Sources({ store, clock });
    const outlet = new Run({ sources, clock, source: "can0", quality: "replayed", mostInSecond: Infinity });
    const translator = new Translator({ dbc, mapping, outlet });
    const frames = new Frames(150_000);
    const reader = new CandumpReader(clock);
    const speeds: number[] = [];
    const angles: number[] = [];
    const published = { speed: column("speed_mps.csv"), angle: column("steering_deg.csv") };
    store.subscribe([wheels[3] ?? Row2.Wheel.Right.Speed], () => {
      const at = Math.round((store.get(Row2.Wheel.Right.Speed)?.at ?? 0) * 1_000);
      const mean = wheels.reduce((sum, each) => sum + (store.value(each) ?? NaN), 0) / wheels.length / 3.6;
      speeds.push(Math.abs(mean - (published.speed.get(at) ?? NaN)));
    });
    store.subscribe([Row1.SteeringAngle], () => {
      const at = Math.round((store.get(Row1.SteeringAngle)?.at ?? 0) * 1_000);
      angles.push(Math.abs((store.value(Row1.SteeringAngle) ?? NaN) - (published.angle.get(at) ?? NaN)));
    });
    reader.read(gunzipSync(readFileSync(recording)), 0, frames, true);
    for (let i = 0; i < frames.count; i++) translator.take(frames, i, frames.at[i] ?? 0);
    expect(reader.broken).toBe(0);
    expect(translator.counts().frames).toBe(135_468);
    expect(outlet.counts()).toMatchObject({ refused: 0, dropped: 0 });
    expect(speeds.length).toBe(published.speed.size);
    expect(Math.max(...speeds)).toBeLessThan(1e-3);
    expect(angles.length).toBe(published.angle.size);
    expect(Math.max(...angles)).toBeLessThan(1e-3);
  },
);
