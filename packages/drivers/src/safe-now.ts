import { Vehicle } from "@caravan/signals";
import type { Signal, SignalValue, Store } from "@caravan/signals";
import type { Guard, Verdict } from "./asker.ts";

const { Body, Cabin, Chassis, Powertrain } = Vehicle;
const { Charging } = Powertrain.TractionBattery;

const doors = [
  Cabin.Door.Row1.DriverSide,
  Cabin.Door.Row1.PassengerSide,
  Cabin.Door.Row2.DriverSide,
  Cabin.Door.Row2.PassengerSide,
];
const trunks = [Body.Trunk.Rear, Body.Trunk.Front];
const cables = Object.values(Charging.ChargingPort).map((port) => port.IsChargingCableConnected);

const walkingPace = 5; // km/h
const standstill = 1; // km/h, what a wheel sensor still reports as noise

type Rule = (value: SignalValue, car: CarNow) => Verdict;

/** What the rules know of the car; unknown counts as driving and as fast. */
interface CarNow {
  readonly speed: number; // km/h
  readonly isMoving: boolean;
  readonly gear: number | undefined;
  readonly cableIsConnected: boolean;
  readonly isLocked: (signal: Signal<boolean>) => boolean;
}

const always: Verdict = "allowed";
const unlessMoving = (car: CarNow): Verdict => (car.isMoving ? "moving" : always);
const belowWalkingPace = (car: CarNow): Verdict => (car.speed > walkingPace ? "moving" : always);

/** To open is refused while moving or locked; to shut is always safe. */
const opens =
  (lock: Signal<boolean> | undefined): Rule =>
  (value, car) => {
    if (value === false || value === 0 || value === "CLOSE" || value === "ONE_SHOT_CLOSE" || value === "INACTIVE")
      return always;
    if (car.isMoving) return "moving";
    return lock !== undefined && car.isLocked(lock) ? "locked" : always;
  };
const unlocks: Rule = (value, car) => (value === false ? unlessMoving(car) : always);

/** VSS numbers of SelectedGear: 126 park, 127 drive, 0 neutral, 1.. forward, -1.. reverse. */
const selectsGear: Rule = (value, car) => {
  if (value === 0) return always;
  if (car.cableIsConnected && value !== 126) return "cable-connected";
  // Forward stays forward at any speed; against the way the car rolls only at walking pace.
  const isForward = Number(value) > 0 && value !== 126;
  return isForward && car.gear !== undefined && car.gear > 0 ? always : belowWalkingPace(car);
};

/** One rule for each actuator that is dangerous at the wrong moment; all others are safe at any time. */
const rules: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  ...[...doors, ...trunks].flatMap((part): [string, Rule][] => [
    [part.IsOpen.path, opens(part.IsLocked)],
    [part.Position.path, opens(part.IsLocked)],
    [part.Switch.path, opens(part.IsLocked)],
    [part.IsLocked.path, unlocks],
  ]),
  [Body.Hood.IsOpen.path, opens(undefined)],
  [Body.Hood.Position.path, opens(undefined)],
  [Body.Hood.Switch.path, opens(undefined)],
  ...Object.values(Charging.ChargingPort).flatMap((port): [string, Rule][] => [
    [port.IsFlapOpen.path, opens(undefined)],
    [port.IsChargingCableLocked.path, unlocks],
  ]),
  [Charging.StartStopCharging.path, (value, car) => (value === "START" ? unlessMoving(car) : always)],
  [Powertrain.Transmission.SelectedGear.path, selectsGear],
  [Powertrain.Transmission.IsParkLockEngaged.path, (value, car) => (value === true ? belowWalkingPace(car) : always)],
  [Chassis.ParkingBrake.IsEngaged.path, (value, car) => (value === true ? belowWalkingPace(car) : always)],
  [Chassis.SteeringWheel.Tilt.path, (_, car) => unlessMoving(car)],
  [Chassis.SteeringWheel.Extension.path, (_, car) => unlessMoving(car)],
  [Cabin.Seat.Row1.DriverSide.Position.path, (_, car) => unlessMoving(car)],
  ...[Body.Mirrors.DriverSide, Body.Mirrors.PassengerSide].map((mirror): [string, Rule] => [
    mirror.IsFolded.path,
    (value, car) => (value === true ? belowWalkingPace(car) : always),
  ]),
]);

/**
 * The guard's rules for any car: what is refused while it moves, above walking pace, with an open door or at the cable. It believes only the
 * car's own signals; a car that does not say how fast it is counts as fast.
 */
export function safeNow(store: Pick<Store, "value">): Guard {
  const now = (): CarNow => {
    const speed = Math.abs(store.value(Vehicle.Speed) ?? Infinity);
    return {
      speed,
      isMoving: speed > standstill || store.value(Vehicle.IsMoving) === true,
      gear: store.value(Powertrain.Transmission.CurrentGear),
      cableIsConnected: cables.some((cable) => store.value(cable) === true),
      isLocked: (signal) => store.value(signal) === true,
    };
  };
  const isOpen = (): boolean => [...doors, ...trunks, Body.Hood].some((part) => store.value(part.IsOpen) === true);
  return (question) => {
    if (question.kind === "actuate") return rules.get(question.path)?.(question.value, now()) ?? always;
    if (isOpen()) return "door-open";
    return now().cableIsConnected ? "cable-connected" : always;
  };
}
