import { Vehicle } from "@caravan/signals";
import type { SignalValue } from "@caravan/signals";
import { Controls } from "./controls.ts";
import type { Control } from "./controls.ts";
import type { Writer } from "./writer.ts";

const { Body, Cabin, Chassis, Powertrain } = Vehicle;
const { Lights } = Body;

/** VSS 6.0 numbers of `Transmission.SelectedGear`. */
export const gears = { park: 126, drive: 127, neutral: 0, reverse: -1 } as const;

/** What the lamps need to know of the drive. */
export interface Light {
  readonly isReady: boolean;
  readonly isDark: boolean;
  readonly isBraking: boolean;
  readonly isReversing: boolean;
}

/**
 * The parts of the simulated car that people touch: doors, lids, windows, locks, lamps, mirrors, wipers, climate and drive settings. Everything
 * takes its own time: a door 2 s, a window 4 s, a lock a third of a second.
 */
export function createBody(writer: Writer) {
  const controls = new Controls({ writer });
  const doors = [
    Cabin.Door.Row1.DriverSide,
    Cabin.Door.Row1.PassengerSide,
    Cabin.Door.Row2.DriverSide,
    Cabin.Door.Row2.PassengerSide,
  ].map((door) => ({
    lid: controls.lid(door.IsOpen, door.Position, 2),
    lock: controls.control(door.IsLocked, false, 0.3),
    window: controls.lid(door.Window.IsOpen, door.Window.Position, 4),
  }));
  const trunks = [Body.Trunk.Rear, Body.Trunk.Front].map((trunk) => ({
    lid: controls.lid(trunk.IsOpen, trunk.Position, 4),
    lock: controls.control(trunk.IsLocked, false, 0.3),
    light: trunk.IsLightOn,
  }));
  const flap = controls.lid(Powertrain.TractionBattery.Charging.ChargingPort.RearLeft.IsFlapOpen, undefined, 1);
  for (const side of [Body.Mirrors.DriverSide, Body.Mirrors.PassengerSide]) {
    controls.lid(side.IsFolded, undefined, 2);
    controls.control(side.IsHeatingOn, false);
    controls.control(side.Pan, 0, 0.4);
    controls.control(side.Tilt, 0, 0.4);
  }
  controls.control(Body.Windshield.Front.Wiping.Mode, "OFF");
  controls.control(Body.Windshield.Rear.Wiping.Mode, "OFF");
  controls.control(Cabin.Light.IsDomeOn, false);
  controls.control(Cabin.Infotainment.Media.Volume, 40, 0.05);
  controls.control(Chassis.SteeringWheel.HeatingCooling, 0);
  controls.control(Cabin.Seat.Row1.DriverSide.HeatingCooling, 0);
  controls.control(Cabin.Seat.Row1.PassengerSide.HeatingCooling, 0);
  const lights = createLights(controls);
  const horn = controls.control(Body.Horn.IsActive, false, 0.05);
  let hornSeconds = 0;

  const hvac = {
    isActive: controls.control(Cabin.HVAC.IsAirConditioningActive, true),
    driver: controls.control(Cabin.HVAC.Station.Row1.Driver.Temperature, 21),
    driverFan: controls.control(Cabin.HVAC.Station.Row1.Driver.FanSpeed, 40),
    recirculates: controls.control(Cabin.HVAC.IsRecirculationActive, false),
    frontDefroster: controls.control(Cabin.HVAC.IsFrontDefrosterActive, false),
    rearDefroster: controls.control(Cabin.HVAC.IsRearDefrosterActive, false),
  };
  // Of the display behind the wheel, which is the simulated car's own; the cockpit's letters are its driver's setting.
  controls.control(Cabin.Infotainment.HMI.FontSize, "STANDARD", 0);
  controls.control(Cabin.HVAC.Station.Row1.Driver.AirDistribution, "MIDDLE");
  controls.control(Cabin.HVAC.Station.Row1.Passenger.AirDistribution, "MIDDLE");

  // The car has one climate zone: both stations of the front row show and set the same.
  const passenger = controls.control(Cabin.HVAC.Station.Row1.Passenger.Temperature, hvac.driver.value);
  const passengerFan = controls.control(Cabin.HVAC.Station.Row1.Passenger.FanSpeed, hvac.driverFan.value);
  const sameZone = new Map([
    [hvac.driver.signal.path, passenger.signal.path],
    [passenger.signal.path, hvac.driver.signal.path],
    [hvac.driverFan.signal.path, passengerFan.signal.path],
    [passengerFan.signal.path, hvac.driverFan.signal.path],
  ]);

  return {
    hvac,
    gear: controls.control<number>(Powertrain.Transmission.SelectedGear, gears.park, 0.1),
    parkingBrake: controls.control(Chassis.ParkingBrake.IsEngaged, true, 0.8),
    mode: controls.control(Powertrain.Transmission.PerformanceMode, "NORMAL"),
    charging: controls.control(Powertrain.TractionBattery.Charging.StartStopCharging, "STOP", 1),
    chargeLimit: controls.control(Powertrain.TractionBattery.Charging.ChargeLimit, 90),
    set: <T extends SignalValue>(control: Control<T>, value: NoInfer<T>) => controls.set(control, value),
    /** False where this car cannot do that, or a locked door is told to open. */
    apply(path: string, value: SignalValue): boolean {
      const opens = [...doors, ...trunks].find(({ lid }) => lid.isOpen.path === path || lid.position?.path === path);
      const wanted = typeof value === "number" ? value > 0 : value === true;
      if (opens?.lock.value === true && wanted && opens.lid.now === 0) return false;
      if (lights.isAutomatic(path)) return false;
      const twin = sameZone.get(path);
      if (twin !== undefined) controls.apply(twin, value);
      return lights.apply(path, value) || controls.apply(path, value);
    },
    step(dt: number, light: Light): void {
      controls.step(dt);
      for (const trunk of trunks) writer.boolean(trunk.light, trunk.lid.now > 5);
      lights.step(light);
      // A horn that nobody lets go of falls silent, so that a lost message cannot leave it on.
      hornSeconds = horn.value ? hornSeconds + dt : 0;
      if (hornSeconds > 3) controls.set(horn, false);
    },
    indicate: (side: -1 | 0 | 1): void => lights.indicate(side),
    /** W that lamps and heated glass take. */
    load: (): number => lights.load() + (hvac.frontDefroster.value ? 400 : 0) + (hvac.rearDefroster.value ? 250 : 0),
    isShut: (): boolean => doors.every(({ lid }) => lid.now === 0) && trunks.every(({ lid }) => lid.now === 0),
    flapIsOpen: (): boolean => flap.now > 0,
    /** Share of all doors and windows that is open, 0..1. */
    openness: (): number => doors.reduce((sum, door) => sum + door.window.now + 3 * door.lid.now, 0) / 1_600,
    save: () => controls.save(),
    restore: (saved: Readonly<Record<string, number | boolean | string>>) => controls.load(saved),
  };
}

/** Lamps: the switch, what it lights, and the indicators with their three ways of going on (hand, hazard, the car's own turning). */
function createLights(controls: Controls) {
  const lightSwitch = controls.control(Lights.LightSwitch, "AUTO");
  const low = controls.control(Lights.Beam.Low.IsOn, false);
  const high = controls.control(Lights.Beam.High.IsOn, false);
  const running = controls.control(Lights.Running.IsOn, false);
  const parking = controls.control(Lights.Parking.IsOn, false);
  const plate = controls.control(Lights.LicensePlate.IsOn, false);
  const frontFog = controls.control(Lights.Fog.Front.IsOn, false);
  const rearFog = controls.control(Lights.Fog.Rear.IsOn, false);
  const backup = controls.control(Lights.Backup.IsOn, false);
  const brake = controls.control(Lights.Brake.IsActive, "INACTIVE");
  controls.control(Lights.Hazard.IsSignaling, false);
  const left = controls.control(Lights.DirectionIndicator.Left.IsSignaling, false);
  const right = controls.control(Lights.DirectionIndicator.Right.IsSignaling, false);
  let own: -1 | 0 | 1 = 0;
  let isDark = false;
  /** Lamps that follow the car and the light switch are nobody's to command. */
  const automatic = new Set(
    [running, parking, plate, backup].map(({ signal }) => signal.path).concat(brake.signal.path),
  );

  return {
    apply(path: string, value: SignalValue): boolean {
      // Low beam by its own name is the light switch by another; AUTO wherever AUTO does what is asked.
      if (path === low.signal.path && typeof value === "boolean") {
        return controls.apply(lightSwitch.signal.path, value === isDark ? "AUTO" : value ? "BEAM" : "OFF");
      }
      // High beam goes on with the low one.
      if (path === high.signal.path && value === true && !low.value)
        controls.apply(lightSwitch.signal.path, isDark ? "AUTO" : "BEAM");
      return false;
    },
    isAutomatic: (path: string): boolean => automatic.has(path),
    /** The car's own wish before and in a turn: 1 left, -1 right. */
    indicate(side: -1 | 0 | 1): void {
      if (side === own) return;
      own = side;
      controls.set(left, side === 1);
      controls.set(right, side === -1);
    },
    step(light: Light): void {
      isDark = light.isDark;
      const position = lightSwitch.value;
      const beam = position === "BEAM" || (position === "AUTO" && light.isReady && light.isDark);
      controls.set(low, beam);
      if (!beam && high.value) controls.set(high, false);
      controls.set(running, light.isReady && !beam && position !== "OFF" && position !== "POSITION");
      controls.set(parking, beam || position === "POSITION");
      controls.set(plate, beam || position === "POSITION");
      controls.set(backup, light.isReversing);
      controls.set(brake, light.isBraking ? "ACTIVE" : "INACTIVE");
    },
    load: (): number =>
      (low.value ? 45 : 0) +
      (high.value ? 40 : 0) +
      (running.value ? 12 : 0) +
      (frontFog.value ? 20 : 0) +
      (rearFog.value ? 8 : 0),
  };
}
