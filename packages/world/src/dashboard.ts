import { Vehicle } from "@caravan/signals";
import type { CarParameters, PlantState } from "@caravan/motion";
import { openCircuitVoltage, pack, resistanceAt, usableCharge, usableEnergy } from "./battery.ts";
import type { Battery } from "./battery.ts";
import type { Odometry } from "./odometry.ts";
import type { Writer } from "./writer.ts";

const { Acceleration, AngularVelocity, Chassis, Powertrain } = Vehicle;
const { TractionBattery, ElectricMotor } = Powertrain;
const degrees = 180 / Math.PI;

/** Counters over the life of the car, and since the trip meter was last set to zero. Mutable. */
export interface Counters {
  /** Metres. */
  odometer: number;
  tripMeter: number;
  sinceStart: number;
  /** kWh out of the battery, and back by braking. */
  consumed: number;
  recuperated: number;
  charged: number;
  /** Recent net consumption: kWh and metres, older ones fading over 15 km. */
  recentEnergy: number;
  recentDistance: number;
}

const fading = 15_000; // m
/** kWh/m before the car has measured its own: the WLTP figure of the real car (132 Wh/km) with a tenth for climate. */
const expected = 0.000_145;

export const createCounters = (): Counters => ({
  odometer: 0,
  tripMeter: 0,
  sinceStart: 0,
  consumed: 0,
  recuperated: 0,
  charged: 0,
  recentEnergy: fading * expected,
  recentDistance: fading,
});

/** Lets the older part of the recent consumption fade and adds what was just used. */
export function countRecent(counters: Counters, energy: number, distance: number): void {
  const kept = Math.exp(-distance / fading);
  counters.recentEnergy = counters.recentEnergy * kept + energy;
  counters.recentDistance = counters.recentDistance * kept + distance;
}

/** Metres left at the recent consumption, never better than half the expected one. */
const rangeOf = (battery: Battery, counters: Counters): number =>
  usableEnergy(battery.charge) / Math.max(counters.recentEnergy / counters.recentDistance, expected / 2);

/** Ten times a second. */
export function writeMotion(
  writer: Writer,
  car: CarParameters,
  plant: PlantState,
  odometry: Odometry,
  accelerator: number,
  brake: number,
): void {
  const isMoving = Math.abs(plant.vx) > 0.05;
  writer.number(Vehicle.Speed, odometry.speed(Math.abs(plant.vx)) * 3.6, 10);
  writer.boolean(Vehicle.IsMoving, isMoving);
  writer.number(Acceleration.Longitudinal, plant.ax, 20);
  writer.number(Acceleration.Lateral, plant.ay, 20);
  writer.number(AngularVelocity.Yaw, odometry.yawRate(plant.yawRate * degrees, isMoving), 100);
  writer.number(Chassis.SteeringWheel.Angle, plant.steering * car.steeringRatio * degrees, 1);
  writer.number(Chassis.Accelerator.PedalPosition, accelerator * 100, 1);
  writer.number(Chassis.Brake.PedalPosition, brake * 100, 1);
}

/** Five times a second. */
export function writeDrive(
  writer: Writer,
  car: CarParameters,
  plant: PlantState,
  battery: Battery,
  odometry: Odometry,
): void {
  // VSS counts energy into the battery as positive.
  writer.number(TractionBattery.CurrentPower, -battery.power, 0.1);
  writer.number(TractionBattery.CurrentCurrent, -battery.current, 10);
  writer.number(TractionBattery.CurrentVoltage, battery.voltage, 10);
  writer.number(ElectricMotor.Power, (plant.driveForce * plant.vx) / 1_000, 1);
  writer.number(ElectricMotor.Torque, (plant.driveForce * car.wheelRadius) / car.gearRatio, 1);
  writer.number(ElectricMotor.Speed, ((plant.vx / car.wheelRadius) * car.gearRatio * 60) / (2 * Math.PI), 0.1);
  writer.number(Chassis.Axle.Row1.SteeringAngle, plant.steering * degrees, 10);
  const { Row1, Row2 } = Chassis.Axle;
  const front = plant.vx / Math.cos(plant.steering);
  const side = (plant.yawRate * car.trackWidth) / 2;
  writer.number(Row1.Wheel.Left.Speed, odometry.wheel(0, Math.abs(front - side)) * 3.6, 100);
  writer.number(Row1.Wheel.Right.Speed, odometry.wheel(1, Math.abs(front + side)) * 3.6, 100);
  writer.number(Row2.Wheel.Left.Speed, odometry.wheel(2, Math.abs(plant.vx - side)) * 3.6, 100);
  writer.number(Row2.Wheel.Right.Speed, odometry.wheel(3, Math.abs(plant.vx + side)) * 3.6, 100);
}

/** Once a second. */
export function writeSlow(writer: Writer, battery: Battery, counters: Counters, cabin: number, outside: number): void {
  writer.number(TractionBattery.StateOfCharge.Current, battery.charge * 100, 100);
  writer.number(TractionBattery.StateOfCharge.Displayed, usableCharge(battery.charge) * 100, 10);
  writer.number(TractionBattery.StateOfCharge.CurrentEnergy, usableEnergy(battery.charge), 100);
  writer.number(TractionBattery.Temperature.Average, battery.temperature, 10);
  writer.number(TractionBattery.PowerLoss, battery.current ** 2 * resistanceAt(battery.temperature), 0.1);
  writer.number(TractionBattery.CellVoltage.Min, openCircuitVoltage(battery.charge) / pack.cells - 0.004, 1_000);
  writer.number(TractionBattery.CellVoltage.Max, openCircuitVoltage(battery.charge) / pack.cells + 0.004, 1_000);
  writer.number(TractionBattery.AccumulatedConsumedEnergy, counters.consumed, 1_000);
  writer.number(TractionBattery.AccumulatedChargedEnergy, counters.charged, 1_000);
  writer.number(Powertrain.AccumulatedBrakingEnergy, counters.recuperated, 1_000);
  const range = rangeOf(battery, counters);
  writer.number(Powertrain.Range, range, 0.01);
  writer.number(TractionBattery.Range, range, 0.01);
  writer.number(Vehicle.TraveledDistance, counters.odometer, 1);
  writer.number(Vehicle.TripMeterReading, counters.tripMeter, 1);
  writer.number(Vehicle.TraveledDistanceSinceStart, counters.sinceStart, 1);
  writer.number(Vehicle.Cabin.HVAC.AmbientAirTemperature, cabin, 10);
  writer.number(Vehicle.Exterior.AirTemperature, outside, 10);
}

export interface Identity {
  readonly vin: string;
  readonly brand: string;
  readonly model: string;
}

/** Once: what does not change while the car runs. */
export function writeAttributes(writer: Writer, car: CarParameters, identity: Identity): void {
  const millimetres = (metres: number): number => metres * 1_000;
  writer.text(Vehicle.VehicleIdentification.VIN, identity.vin);
  writer.text(Vehicle.VehicleIdentification.Brand, identity.brand);
  writer.text(Vehicle.VehicleIdentification.Model, identity.model);
  writer.number(Vehicle.Length, millimetres(car.length), 1);
  writer.number(Vehicle.Height, millimetres(car.height), 1);
  writer.number(Vehicle.WidthExcludingMirrors, millimetres(car.width), 1);
  writer.number(Chassis.Wheelbase, millimetres(car.wheelbase), 1);
  writer.number(Chassis.Axle.Row1.TrackWidth, millimetres(car.trackWidth), 1);
  writer.number(Chassis.Axle.Row2.TrackWidth, millimetres(car.trackWidth), 1);
  writer.number(Vehicle.CurbWeight, car.mass - 136, 1);
  writer.number(Vehicle.Cabin.DoorCount, 4, 1);
  writer.text(Powertrain.Type, "ELECTRIC");
  writer.number(ElectricMotor.MaxPower, car.motorPower / 1_000, 1);
  writer.number(ElectricMotor.MaxRegenPower, pack.recuperation / 1_000, 1);
  writer.number(TractionBattery.NetCapacity, pack.energy / 3.6e6, 1);
  writer.number(TractionBattery.NominalVoltage, openCircuitVoltage(0.5), 1);
  writer.number(TractionBattery.StateOfHealth, 100, 1);
  writer.text(Powertrain.Transmission.DriveType, "REAR_WHEEL_DRIVE");
  writer.text(Vehicle.LowVoltageSystemState, "ON");
  writer.boolean(Vehicle.Body.Hood.IsOpen, false);
  writer.number(Vehicle.VersionVSS.Major, 6, 1);
  writer.number(Vehicle.VersionVSS.Minor, 0, 1);
  writer.number(Vehicle.VersionVSS.Patch, 0, 1);
}
