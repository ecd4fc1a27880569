import type { Campaign } from "./terms.ts";

const battery = "Vehicle.Powertrain.TractionBattery";

/**
 * The campaign that every car runs before it has heard of any other, and the first that a new cloud sends. It is what the owner's phone and the fleet's
 * map live on: a moving car makes about six samples a second, a parked one nearly none.
 */
export const standardCampaign: Campaign = {
  id: "standard",
  revision: 1,
  name: "Standard",
  class: "trip",
  purpose: "operation",
  when: { kind: "time", refreshMs: 15 * 60_000 },
  rules: [
    { match: "Vehicle.Speed", everyMs: 1_000, deadband: 0.5 },
    // 0.000 01 degrees are about a metre.
    { match: "Vehicle.CurrentLocation.Latitude", everyMs: 1_000, deadband: 0.000_01, group: "position" },
    { match: "Vehicle.CurrentLocation.Longitude", everyMs: 1_000, deadband: 0.000_01, group: "position" },
    { match: "Vehicle.CurrentLocation.Heading", everyMs: 1_000, deadband: 2 },
    { match: "Vehicle.CurrentLocation.Timestamp", everyMs: 0, never: true },
    { match: "Vehicle.CurrentLocation.*", everyMs: 10_000, deadband: 1 },
    { match: `${battery}.CurrentPower`, everyMs: 2_000, deadband: 250 },
    { match: `${battery}.CurrentVoltage`, everyMs: 5_000, deadband: 1 },
    { match: `${battery}.CurrentCurrent`, everyMs: 5_000, deadband: 1 },
    { match: `${battery}.StateOfCharge.*`, everyMs: 5_000, deadband: 0.05 },
    { match: `${battery}.Range`, everyMs: 10_000, deadband: 250 },
    { match: `${battery}.Temperature.*`, everyMs: 30_000, deadband: 0.2 },
    { match: `${battery}.Charging.*`, everyMs: 2_000, deadband: 0.1 },
    { match: `${battery}.*`, everyMs: 10_000, deadband: 0.01 },
    { match: "Vehicle.Powertrain.Range", everyMs: 10_000, deadband: 250 },
    { match: "Vehicle.Powertrain.ElectricMotor.*", everyMs: 10_000, deadband: 1 },
    { match: "Vehicle.TraveledDistance", everyMs: 10_000, deadband: 50 },
    { match: "Vehicle.TripMeterReading", everyMs: 10_000, deadband: 0.05 },
    { match: "Vehicle.TraveledDistanceSinceStart", everyMs: 10_000, deadband: 50 },
    { match: "Vehicle.Exterior.*", everyMs: 30_000, deadband: 0.2 },
    { match: "Vehicle.Cabin.HVAC.AmbientAirTemperature", everyMs: 10_000, deadband: 0.2 },
    { match: "Vehicle.Chassis.Axle.*", everyMs: 30_000, deadband: 0.5 },
    { match: "Vehicle.Acceleration.*", everyMs: 5_000, deadband: 0.2 },
    { match: "Vehicle.AngularVelocity.*", everyMs: 5_000, deadband: 1 },
    { match: "Vehicle.Chassis.*", everyMs: 5_000, deadband: 2 },
    // The link's own state would be news each time it is told, and what the computer measures of itself changes all the time.
    { match: "Vehicle.Caravan.Link.*", everyMs: 60_000 },
    { match: "Vehicle.Caravan.Computer.*", everyMs: 60_000 },
    { match: "Vehicle.*", only: "measured", everyMs: 5_000 },
    // Switches, texts and everything else that is not a measured number.
    { match: "Vehicle.*", everyMs: 1_000 },
  ],
};
