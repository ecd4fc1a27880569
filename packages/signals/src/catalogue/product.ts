import type { Signal } from "../signal.ts";
import { adas } from "./adas.ts";
import { body } from "./body.ts";
import { cabin } from "./cabin.ts";
import { caravan } from "./caravan.ts";
import { Catalogue } from "./catalogue.ts";
import { chassis } from "./chassis.ts";
import { powertrain } from "./powertrain.ts";
import { grow } from "./table.ts";
import { vehicle } from "./vehicle.ts";

const signals: Signal[] = [];

/**
 * The signals of this product by name: `Vehicle.Speed`, `Vehicle.Cabin.Door.Row1.DriverSide.IsLocked`. Paths, data types, units, limits and
 * allowed values are those of VSS 6.0; what stands below `Vehicle.Caravan` is our own.
 */
export const Vehicle = grow(
  "Vehicle",
  { ...vehicle, ADAS: adas, Body: body, Cabin: cabin, Chassis: chassis, Powertrain: powertrain, Caravan: caravan },
  signals,
);

/** The vocabulary behind `Vehicle`. */
export const catalogue = new Catalogue(signals);
