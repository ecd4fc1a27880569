/** VSS 6.0 paths of the signals that the cockpit shows or sets; a test holds them against the catalogue. */
const door = "Vehicle.Cabin.Door";
const lights = "Vehicle.Body.Lights";
const hvac = "Vehicle.Cabin.HVAC";
const battery = "Vehicle.Powertrain.TractionBattery";
const axle = "Vehicle.Chassis.Axle";

export const paths = {
  speed: "Vehicle.Speed",
  gear: "Vehicle.Powertrain.Transmission.SelectedGear",
  /** Degrees, positive to the left. */
  steeringWheel: "Vehicle.Chassis.SteeringWheel.Angle",
  driveMode: "Vehicle.Powertrain.Transmission.PerformanceMode",
  range: "Vehicle.Powertrain.Range",
  charge: `${battery}.StateOfCharge.Displayed`,
  batteryEnergy: `${battery}.StateOfCharge.CurrentEnergy`,
  batteryPower: `${battery}.CurrentPower`,
  batteryTemperature: `${battery}.Temperature.Average`,
  isCharging: `${battery}.Charging.IsCharging`,
  chargeLimit: `${battery}.Charging.ChargeLimit`,
  odometer: "Vehicle.TraveledDistance",
  outside: "Vehicle.Exterior.AirTemperature",
  cabin: `${hvac}.AmbientAirTemperature`,
  setTemperature: `${hvac}.Station.Row1.Driver.Temperature`,
  fan: `${hvac}.Station.Row1.Driver.FanSpeed`,
  airConditioning: `${hvac}.IsAirConditioningActive`,
  recirculation: `${hvac}.IsRecirculationActive`,
  frontDefroster: `${hvac}.IsFrontDefrosterActive`,
  rearDefroster: `${hvac}.IsRearDefrosterActive`,
  driverSeat: "Vehicle.Cabin.Seat.Row1.DriverSide.HeatingCooling",
  passengerSeat: "Vehicle.Cabin.Seat.Row1.PassengerSide.HeatingCooling",
  volume: "Vehicle.Cabin.Infotainment.Media.Volume",
  trunkOpen: "Vehicle.Body.Trunk.Rear.IsOpen",
  lowBeam: `${lights}.Beam.Low.IsOn`,
  highBeam: `${lights}.Beam.High.IsOn`,
  rearFog: `${lights}.Fog.Rear.IsOn`,
  hazard: `${lights}.Hazard.IsSignaling`,
  leftIndicator: `${lights}.DirectionIndicator.Left.IsSignaling`,
  rightIndicator: `${lights}.DirectionIndicator.Right.IsSignaling`,
  dome: "Vehicle.Cabin.Light.IsDomeOn",
} as const;

/** Both rows and both sides of the car, in the order in which people name its doors. */
export const seats = ["Row1.DriverSide", "Row1.PassengerSide", "Row2.DriverSide", "Row2.PassengerSide"] as const;
export type Seat = (typeof seats)[number];

export const doorLocked = (seat: Seat): string => `${door}.${seat}.IsLocked`;
export const doorOpen = (seat: Seat): string => `${door}.${seat}.IsOpen`;
/** Percent, 100 is wide open. */
export const windowPosition = (seat: Seat): string => `${door}.${seat}.Window.Position`;

export const wheels = ["Row1.Wheel.Left", "Row1.Wheel.Right", "Row2.Wheel.Left", "Row2.Wheel.Right"] as const;
export type Wheel = (typeof wheels)[number];
/** kPa. */
export const tyrePressure = (wheel: Wheel): string => `${axle}.${wheel}.Tire.Pressure`;
export const tyreIsLow = (wheel: Wheel): string => `${axle}.${wheel}.Tire.IsPressureLow`;

/** VSS says the gear as a number: 126 is park, 127 drive, below nought reverse, nought neutral. */
export const gears = { P: 126, R: -1, N: 0, D: 127 } as const;
export type Gear = keyof typeof gears;

/** The letter of a selected gear; undefined when the car does not say. */
export function gearLetter(value: unknown): Gear | undefined {
  if (typeof value !== "number") return undefined;
  if (value === gears.P) return "P";
  if (value < 0) return "R";
  return value === 0 ? "N" : "D";
}
