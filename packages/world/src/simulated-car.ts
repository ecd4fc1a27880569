// Hot: `step` runs a hundred inner steps a second for every simulated car.
import { createPlantState, midSizeElectric, stepPlant, valueAt } from "@caravan/motion";
import { Vehicle } from "@caravan/signals";
import type { SignalValue, Store } from "@caravan/signals";
import type { Charger, Plug } from "@caravan/roads/charging";
import type { NearRoad } from "@caravan/roads/places";
import { dischargeLimit, drawPower, pack, recuperationLimit, usableCharge } from "./battery.ts";
import { createBody, gears } from "./body.ts";
import type { DriveOutcome, PlannedPath, SimulatedCar } from "./car.ts";
import { chargingCar, createCharging } from "./charging.ts";
import { stepClimate } from "./climate.ts";
import { countRecent, createCounters, writeAttributes, writeDrive, writeMotion, writeSlow } from "./dashboard.ts";
import type { Identity } from "./dashboard.ts";
import { activityOf, canJoin, startFollowing, stepDriver, turnAhead } from "./driver.ts";
import type { Mode } from "./driver.ts";
import { energyModelOf, forecastDrive } from "./forecast.ts";
import { frameAt, headingDegrees, headingRadians, toLat, toLon, toX, toY } from "./frame.ts";
import type { LatLon } from "./frame.ts";
import { createGnss } from "./gnss.ts";
import { createOdometry } from "./odometry.ts";
import { createOnTheRoad } from "./on-the-road.ts";
import { demand, electricPower } from "./powertrain.ts";
import { createNormal, createRandom } from "./random.ts";
import { createRearView } from "./rear-view.ts";
import type { CarSnapshot } from "./snapshot.ts";
import type { Traffic } from "./traffic/shapes.ts";
import { splice } from "./splice.ts";
import { createTyres } from "./tyres.ts";
import { createWriter } from "./writer.ts";

export interface SimulatedCarParts {
  readonly store: Pick<Store, "value" | "set">;
  /** The same seed gives the same car: noise, tyre fill, first charge. */
  readonly seed: number;
  /** Where the car stands at first; heading in degrees clockwise from north. */
  readonly start: LatLon & { readonly heading: number };
  /** What an earlier process left of the same car; where it stands wins over `start`. */
  readonly saved?: CarSnapshot;
  readonly identity?: Partial<Identity>;
  /** The scenario's weather, not the real one: °C (12 unless said). */
  readonly outsideTemperature?: number;
  /** Is it dark enough for headlights where the car is? Asked about once a second; always day unless said. */
  readonly isDark?: (at: LatLon) => boolean;
  /** For the rear view. */
  readonly roadsNear?: (at: LatLon, radius: number) => readonly NearRoad[];
  /** The charger whose parking place this is, if there is one. */
  readonly chargerAt?: (at: LatLon) => Charger | undefined;
  /** What fits the car's inlets; Type 2 and CCS 2 unless said. */
  readonly plugs?: readonly Plug[];
  /** The traffic this car drives in; alone on the road without. Whoever hands it in calls its `step`. */
  readonly traffic?: Traffic;
}

const inner = 0.01; // s
const parkHold = 12_000; // N
const standHold = 4_000; // N
const auxiliary = 250; // W, `aux_kw` of the FASTSim row
const rearReach = 40; // m
const car = midSizeElectric;

/**
 * A simulated mid-size electric car in the Store: it stands parked where it was left, obeys `apply`, drives along paths by steering a plant with
 * inertia and tyre limits, and lives by the time that `step` hands in. Every reading is marked as simulated.
 */
export function createSimulatedCar(parts: SimulatedCarParts): SimulatedCar {
  const random = createRandom(parts.seed);
  const writer = createWriter(parts.store, "simulated car");
  const { saved } = parts;
  const outside = parts.outsideTemperature ?? 12;
  const place = saved ?? parts.start;
  let frame = frameAt(place);
  const plant = createPlantState(0, 0, headingRadians(place.heading));
  const firstCharge = 0.68 + 0.2 * random();
  const battery = {
    charge: saved?.charge ?? firstCharge,
    temperature: saved?.batteryTemperature ?? outside + 4,
    current: 0,
    voltage: 0,
    power: 0,
  };
  const climate = { cabin: saved?.cabinTemperature ?? outside + 2, load: 0, trim: 0 };
  const counters = createCounters();
  const firstOdometer = 4_000_000 + Math.floor(random() * 20_000_000);
  counters.odometer = saved?.odometer ?? firstOdometer;
  counters.tripMeter = saved?.tripMeter ?? 0;
  counters.consumed = saved?.consumed ?? counters.odometer * 0.000_16;
  counters.recuperated = saved?.recuperated ?? counters.odometer * 0.000_028;
  counters.charged = saved?.charged ?? counters.consumed / 0.97;
  const inlets = chargingCar(parts.plugs ?? ["type2", "ccs2"]);
  const charging = createCharging(writer, battery, inlets, parts.chargerAt);
  writeAttributes(writer, car, {
    vin: parts.identity?.vin ?? simulatedVin(parts.seed),
    brand: parts.identity?.brand ?? "Caravan",
    model: parts.identity?.model ?? "Tern (simulated)",
  });
  const body = createBody(writer);
  if (saved !== undefined) body.restore(saved.body);
  // A car that was left in gear by a crash of its computer stands parked when it wakes.
  body.set(body.gear, gears.park);
  body.set(body.parkingBrake, true);
  body.set(body.charging, saved?.body[body.charging.signal.path] === "START" ? "START" : "STOP");
  const tyres = createTyres(writer, random, outside);
  const normal = createNormal(random);
  const gnss = createGnss(writer, normal);
  const odometry = createOdometry(random, normal);
  const road = createOnTheRoad(parts.traffic, car);
  const rearView = createRearView(parts.roadsNear, car);

  let mode: Mode = { kind: "standing" };
  let currentGear = 0;
  let owed = 0;
  let ticks = 0;
  let isDark = parts.isDark?.(place) ?? false;
  let satellitesLost = false;
  let usedJoules = 0;
  let drivenMetres = 0;
  const wish = { steering: 0, acceleration: 0, holds: true };
  const effort = { drive: 0, brake: 0 };
  const input = { steering: 0, driveForce: 0, brakeForce: 0, grade: 0 };
  const limits = { discharge: 0, recuperation: 0 };

  const isStill = (): boolean =>
    plant.vx === 0 && (mode.kind === "standing" || mode.kind === "arrived") && Math.abs(plant.driveForce) < 1;

  function useEnergy(traction: number, dt: number): void {
    const load = traction + auxiliary + climate.load + body.load();
    drawPower(battery, load - charging.power(), outside, dt);
    const energy = (battery.power * dt) / 3.6e6;
    if (energy > 0) counters.consumed += energy;
    else if (charging.isCharging()) counters.charged -= energy;
    else counters.recuperated -= energy;
    if (!charging.isCharging()) usedJoules += battery.power * dt;
  }

  function move(dt: number): void {
    const direction = currentGear < 0 ? -1 : 1;
    const mayMove = currentGear !== 0 && !body.parkingBrake.value && !body.parkingBrake.asked && body.isShut();
    const before = mode.kind;
    mode = stepDriver(car, mode, plant, body.mode.value, mayMove, road.ease, dt, wish);
    if (mode.kind !== before && (mode.kind === "standing" || mode.kind === "arrived")) park(before === "driving");
    limits.discharge = dischargeLimit(battery);
    limits.recuperation = recuperationLimit(battery);
    const slope =
      mode.kind === "driving" && mode.path.grade !== undefined
        ? valueAt(mode.path.s, mode.path.grade, mode.state.s, mode.state.index)
        : 0;
    demand(car, wish.acceleration, plant.vx, direction * slope, limits, effort);
    input.steering = wish.steering;
    input.grade = slope;
    const isInGear = currentGear !== 0 && !wish.holds;
    input.driveForce = isInGear ? direction * effort.drive : 0;
    // Out of gear the motor cannot brake, so friction takes its share.
    input.brakeForce = effort.brake + (isInGear ? 0 : Math.max(-effort.drive, 0)) + (wish.holds ? standHold : 0);
    const isLocked = body.parkingBrake.value || (currentGear === 0 && body.gear.value === gears.park);
    if (isLocked) input.brakeForce += parkHold;
    stepPlant(car, plant, input, dt);
    const metres = Math.abs(plant.vx) * dt;
    counters.odometer += metres;
    counters.tripMeter += metres;
    counters.sinceStart += metres;
    drivenMetres += metres;
    useEnergy(electricPower(plant.driveForce, plant.vx), dt);
  }

  /** What the car does by itself when it has come to a stand: parking brake, and P where no hand drove it. */
  function park(droveItself: boolean): void {
    body.apply(body.parkingBrake.signal.path, true);
    if (droveItself) body.apply(body.gear.signal.path, gears.park);
  }

  function shiftGear(): void {
    const selected = body.gear.value;
    const wanted = selected === gears.park || selected === gears.neutral ? 0 : selected < 0 ? -1 : 1;
    if (wanted === currentGear) return;
    // Neutral always; any other change waits until the car stands.
    if (wanted !== 0 && Math.abs(plant.vx) > 0.3) return;
    currentGear = wanted;
  }

  function everyTenth(): void {
    const dt = 0.1;
    const isMoving = Math.abs(plant.vx) > 0.05;
    body.indicate(turnAhead(mode, plant.vx));
    body.step(dt, {
      isReady: true,
      isDark,
      isBraking: isMoving
        ? input.brakeForce > 200 || plant.ax * Math.sign(plant.vx) < -1
        : mode.kind === "driving" || mode.kind === "manual",
      isReversing: currentGear < 0,
    });
    shiftGear();
    writer.number(Vehicle.Powertrain.Transmission.CurrentGear, currentGear, 1);
    writer.boolean(Vehicle.Powertrain.Transmission.IsParkLockEngaged, body.gear.value === gears.park && !isMoving);
    road.look(mode, plant.vx);
    gnss.step(frame, plant.x, plant.y, plant.yaw, isMoving, !satellitesLost && !road.isInTunnel(), dt);
    const pull = Math.min(car.motorForce, car.motorPower / Math.max(Math.abs(plant.vx), 4));
    writeMotion(
      writer,
      car,
      plant,
      odometry,
      Math.max(effort.drive, 0) / pull,
      Math.min(
        Math.max(input.brakeForce - (body.parkingBrake.value ? parkHold : 0), 0) / (car.mass * car.maximumBraking),
        1,
      ),
    );
    if (ticks % 20 === 0) writeDrive(writer, car, plant, battery, odometry);
    if (ticks % 100 === 0) everySecond();
  }

  function everySecond(): void {
    const dt = 1;
    isDark = parts.isDark?.({ lat: toLat(frame, plant.y), lon: toLon(frame, plant.x) }) ?? false;
    const { hvac } = body;
    stepClimate(
      climate,
      {
        isActive: hvac.isActive.value,
        wanted: hvac.driver.value,
        fan: hvac.driverFan.value,
        recirculates: hvac.recirculates.value,
        economy: body.mode.value === "ECONOMY",
        openness: body.openness(),
      },
      outside,
      dt,
    );
    tyres.step(plant.vx, dt);
    if (drivenMetres > 0) countRecent(counters, usedJoules / 3.6e6, drivenMetres);
    usedJoules = 0;
    drivenMetres = 0;
    charge();
    writeSlow(writer, battery, counters, climate.cabin, outside);
  }

  function charge(): void {
    const isOver = charging.step({
      isWanted: body.charging.value === "START",
      standsInPark: plant.vx === 0 && body.gear.value === gears.park,
      limit: body.chargeLimit.value / 100,
      at: { lat: toLat(frame, plant.y), lon: toLon(frame, plant.x) },
    });
    if (isOver) body.set(body.charging, "STOP");
  }

  /** Moves the origin of the local frame, and the car in it, without moving the car. */
  function rebase(origin: LatLon): void {
    const next = frameAt(origin);
    plant.x = toX(next, toLon(frame, plant.x));
    plant.y = toY(next, toLat(frame, plant.y));
    frame = next;
  }

  everyTenth();

  return {
    step(seconds) {
      owed += seconds;
      let left = Math.floor(owed / inner + 1e-6);
      owed -= left * inner;
      while (left > 0) {
        // A parked car needs only its body, battery and climate, in steps of a tenth.
        if (isStill() && ticks % 10 === 0 && left >= 10) {
          useEnergy(0, 10 * inner);
          plant.ax = 0;
          ticks += 10;
          left -= 10;
        } else if (isStill() && ticks % 10 === 0) {
          owed += left * inner;
          return;
        } else {
          move(inner);
          ticks += 1;
          left -= 1;
        }
        if (ticks % 10 === 0) everyTenth();
      }
    },
    apply(path, value) {
      if (path === Vehicle.TripMeterReading.path) {
        if (value !== 0) return false;
        counters.tripMeter = 0;
        writer.number(Vehicle.TripMeterReading, 0, 1);
        return true;
      }
      if (path === body.charging.signal.path && value === "STOP") {
        body.set(body.charging, "STOP");
        charging.end();
        return true;
      }
      return isSignalValue(value) && body.apply(path, value);
    },
    drive(asked): DriveOutcome {
      if (plant.vx < -0.3) return { kind: "refused", why: "gear" };
      if (usableCharge(battery.charge) < 0.002) return { kind: "refused", why: "flat" };
      const old = mode.kind === "driving" && plant.vx > 0.5 ? mode : undefined;
      const path = (old === undefined ? undefined : splice(old.path, old.state.s, asked, plant.vx)) ?? asked;
      rebase(path.origin);
      const next = startFollowing(car, path, body.mode.value, plant, old?.state.acceleration ?? 0);
      const { index } = next.state;
      const isFar = Math.hypot((path.x[index] ?? 0) - plant.x, (path.y[index] ?? 0) - plant.y) > 50;
      if (isFar || !canJoin(next, plant.vx, plant.yaw)) {
        if (mode.kind === "driving") rebase(mode.path.origin);
        return { kind: "refused", why: isFar ? "far" : "swerve" };
      }
      body.apply(body.gear.signal.path, gears.drive);
      body.apply(body.parkingBrake.signal.path, false);
      mode = next;
      return { kind: "driving" };
    },
    stop() {
      if (mode.kind === "driving") mode.stopping = true;
      else if (mode.kind === "manual") mode.silence = Infinity;
      else mode = { kind: "standing" };
    },
    pedals({ accelerator, steering }) {
      const command = {
        accelerator: Math.min(Math.max(accelerator, 0), 1),
        steering: Math.min(Math.max(steering, -1), 1),
      };
      if (mode.kind === "manual") Object.assign(mode, command, { silence: 0 });
      else mode = { kind: "manual", ...command, silence: 0 };
      if (command.accelerator > 0 && currentGear !== 0 && body.parkingBrake.asked)
        body.apply(body.parkingBrake.signal.path, false);
    },
    loseSatellites(lost) {
      satellitesLost = lost;
    },
    setCharge(percent) {
      battery.charge = pack.lowest + (Math.min(Math.max(percent, 0), 100) / 100) * (pack.highest - pack.lowest);
    },
    activity: () => activityOf(mode),
    pose: () => ({
      lat: toLat(frame, plant.y),
      lon: toLon(frame, plant.x),
      heading: headingDegrees(plant.yaw),
      speed: plant.vx,
    }),
    forecast: (path: PlannedPath) =>
      forecastDrive(car, path, battery, body.mode.value, auxiliary + climate.load + body.load()),
    chargingCar: () => inlets,
    energyModel: () => energyModelOf(car, auxiliary + climate.load + body.load()),
    rearScene: () => {
      const at = { lat: toLat(frame, plant.y), lon: toLon(frame, plant.x) };
      return rearView.scene(frame, plant, parts.traffic?.near(at, rearReach) ?? []);
    },
    snapshot: () => ({
      version: 1,
      lat: toLat(frame, plant.y),
      lon: toLon(frame, plant.x),
      heading: headingDegrees(plant.yaw),
      charge: battery.charge,
      odometer: counters.odometer,
      tripMeter: counters.tripMeter,
      consumed: counters.consumed,
      recuperated: counters.recuperated,
      charged: counters.charged,
      batteryTemperature: battery.temperature,
      cabinTemperature: climate.cabin,
      body: body.save(),
    }),
  };
}

const isSignalValue = (value: unknown): value is SignalValue =>
  typeof value === "number" || typeof value === "boolean" || typeof value === "string";

/** A number in the form of ISO 3779 that no maker has: world region "ZZ" is not assigned. Without the letters I, O and Q. */
function simulatedVin(seed: number): string {
  return `ZZZCRVN000${String(Math.abs(seed) % 10_000_000).padStart(7, "0")}`;
}
