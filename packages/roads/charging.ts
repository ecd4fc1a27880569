/** What a road costs an electric car, and where it charges. */

export { edgeEnergy } from "./src/charging/energy.ts";
export type { EnergyModel } from "./src/charging/energy.ts";
export { legEnergy } from "./src/charging/energy.ts";
export { readOsmCharger } from "./src/charging/osm-charger.ts";
export { readOcpiLocations } from "./src/charging/ocpi.ts";
export type { ReadChargers } from "./src/charging/ocpi.ts";
export type { Charger, ChargePrice, Connector, Plug } from "./src/charging/charger.ts";
export { bestConnector, chargeSeconds, powerInto, temperatureShare } from "./src/charging/curve.ts";
export type { ChargingCar } from "./src/charging/curve.ts";
export { planCharging } from "./src/charging/plan-charging.ts";
export type {
  ChargingCaveat,
  ChargingObstacle,
  ChargingPlan,
  ChargingStop,
  ChargingTask,
  ChargingWhy,
  Legs,
} from "./src/charging/charging-plan.ts";
