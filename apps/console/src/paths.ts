/** VSS 6.0 paths of the signals that the console shows; a test holds them against the catalogue. */
const battery = "Vehicle.Powertrain.TractionBattery";

export const paths = {
  speed: "Vehicle.Speed",
  isMoving: "Vehicle.IsMoving",
  latitude: "Vehicle.CurrentLocation.Latitude",
  longitude: "Vehicle.CurrentLocation.Longitude",
  heading: "Vehicle.CurrentLocation.Heading",
  street: "Vehicle.Caravan.Road.Name",
  charge: `${battery}.StateOfCharge.Displayed`,
  energy: `${battery}.StateOfCharge.CurrentEnergy`,
  power: `${battery}.CurrentPower`,
  range: "Vehicle.Powertrain.Range",
  odometer: "Vehicle.TraveledDistance",
} as const;
