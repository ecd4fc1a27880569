/** VSS 6.0 paths of the signals that the phone shows; a test holds them against the catalogue. */
const battery = "Vehicle.Powertrain.TractionBattery";
const hvac = "Vehicle.Cabin.HVAC";

export const paths = {
  speed: "Vehicle.Speed",
  isMoving: "Vehicle.IsMoving",
  latitude: "Vehicle.CurrentLocation.Latitude",
  longitude: "Vehicle.CurrentLocation.Longitude",
  heading: "Vehicle.CurrentLocation.Heading",
  street: "Vehicle.Caravan.Road.Name",
  charge: `${battery}.StateOfCharge.Displayed`,
  power: `${battery}.CurrentPower`,
  batteryTemperature: `${battery}.Temperature.Average`,
  isCharging: `${battery}.Charging.IsCharging`,
  range: "Vehicle.Powertrain.Range",
  odometer: "Vehicle.TraveledDistance",
  outside: "Vehicle.Exterior.AirTemperature",
  cabin: `${hvac}.AmbientAirTemperature`,
  setTemperature: `${hvac}.Station.Row1.Driver.Temperature`,
  airConditioning: `${hvac}.IsAirConditioningActive`,
  trunkOpen: "Vehicle.Body.Trunk.Rear.IsOpen",
  lowBeam: "Vehicle.Body.Lights.Beam.Low.IsOn",
  hazard: "Vehicle.Body.Lights.Hazard.IsSignaling",
} as const;

export const doors = ["Row1.DriverSide", "Row1.PassengerSide", "Row2.DriverSide", "Row2.PassengerSide"] as const;
export type DoorPlace = (typeof doors)[number];
export const doorOpen = (door: DoorPlace): string => `Vehicle.Cabin.Door.${door}.IsOpen`;
export const doorLocked = (door: DoorPlace): string => `Vehicle.Cabin.Door.${door}.IsLocked`;
/** Percent, 100 is wide open. */
export const windowPosition = (door: DoorPlace): string => `Vehicle.Cabin.Door.${door}.Window.Position`;

export const wheels = ["Row1.Wheel.Left", "Row1.Wheel.Right", "Row2.Wheel.Left", "Row2.Wheel.Right"] as const;
export type WheelPlace = (typeof wheels)[number];
/** kPa. */
export const tyrePressure = (wheel: WheelPlace): string => `Vehicle.Chassis.Axle.${wheel}.Tire.Pressure`;
export const tyreIsLow = (wheel: WheelPlace): string => `Vehicle.Chassis.Axle.${wheel}.Tire.IsPressureLow`;
