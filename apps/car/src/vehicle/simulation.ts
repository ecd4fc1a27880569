import { nearestEdge, roadsNear } from "@caravan/roads/places";
import type { Charger, Plug } from "@caravan/roads/charging";
import type { City, LatLon } from "@caravan/roads";
import type { Snap } from "@caravan/roads/places";
import type { Store } from "@caravan/signals";
import { createSimulatedCar, isDarkAt, readSnapshot } from "@caravan/world";
import type { SimulatedCar, Traffic } from "@caravan/world";
import Type from "typebox";

import { distanceBetween } from "../journey/ground.ts";
import { randomFrom } from "../journey/outing.ts";
import type { MapThread } from "../journey/map/questions.ts";
import type { Remembered } from "./remembered.store.ts";
import { findStartPlace } from "./start-place.ts";

/** A city's bounds with this much around them, in degrees, still belong to it. */
const margin = 0.02;
/** Metres from a wanted place within which there must be a road. */
const askedRadius = 1_000;
/** A car on the road beside a charger stands at it, within so many metres. */
const chargerReach = 60;

/** The simulated car where it physically is: as it was when the last process ended, or at its start place in a city it has never been in. */
export async function wakeSimulation(parts: {
  readonly store: Store;
  readonly city: City;
  readonly map: MapThread;
  readonly remembered: Remembered;
  readonly clock: { now(): number };
  readonly seed: number;
  /** Sets the car down on the road nearest to this, wherever it was. */
  readonly at?: LatLon | undefined;
  /** The simulated traffic of this process. */
  readonly traffic: Traffic | undefined;
  readonly chargers: readonly Charger[];
  /** Plugs that fit the simulated car. */
  readonly inlets: readonly Plug[];
  /** The first car begins near the centre, the others all over the city. */
  readonly spread: number;
}): Promise<SimulatedCar> {
  const { store, city, map, seed, clock } = parts;
  const kept = readSnapshot(parts.remembered.read("body", Type.Unknown()));
  const asked = parts.at === undefined ? undefined : nearestEdge(city, parts.at, { radius: askedRadius });
  const known = kept !== undefined && isInside(city, kept) ? kept : undefined;
  const saved = known === undefined || asked === undefined ? known : { ...known, ...placeOf(asked) };
  const start =
    (asked === undefined ? saved : placeOf(asked)) ??
    (await findStartPlace({ city, map, random: randomFrom(seed) }, parts.spread));
  return createSimulatedCar({
    store,
    seed,
    start: { lat: start.lat, lon: start.lon, heading: start.heading },
    ...(saved === undefined ? {} : { saved }),
    ...(parts.traffic === undefined ? {} : { traffic: parts.traffic }),
    plugs: parts.inlets,
    chargerAt: (place) => parts.chargers.find((charger) => distanceBetween(charger, place) < chargerReach),
    roadsNear: (place, radius) => roadsNear(city, place, radius),
    isDark: (place) => isDarkAt(place, clock.now()),
  });
}

function placeOf({ lat, lon, heading }: Snap): { lat: number; lon: number; heading: number } {
  return { lat, lon, heading };
}

/** With another city the car is set down anew, with the battery and the odometer of a new one. */
function isInside(city: City, place: { readonly lat: number; readonly lon: number }): boolean {
  const [west, south, east, north] = city.bounds;
  return (
    place.lon > west - margin && place.lon < east + margin && place.lat > south - margin && place.lat < north + margin
  );
}
