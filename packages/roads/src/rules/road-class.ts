/** Classes of drivable roads, most important last. The order is the order in the stored graph; only add at the end. */
export const roadClasses = [
  "service",
  "living_street",
  "road",
  "residential",
  "unclassified",
  "tertiary_link",
  "tertiary",
  "secondary_link",
  "secondary",
  "primary_link",
  "primary",
  "trunk_link",
  "trunk",
  "motorway_link",
  "motorway",
] as const;

export type RoadClass = (typeof roadClasses)[number];

const indexOfClass = new Map<string, number>(roadClasses.map((name, index) => [name, index]));

/** Number of a highway value among the drivable classes, -1 for all others. */
export function classIndex(highway: string | undefined): number {
  return highway === undefined ? -1 : (indexOfClass.get(highway) ?? -1);
}

export function classAt(index: number): RoadClass {
  return roadClasses[index] ?? "road";
}

/** Tone on the map by class, 0 (service) to 6 (motorway); links are one tone below their road. */
const tones: Readonly<Record<RoadClass, number>> = {
  service: 0,
  living_street: 1,
  road: 1,
  residential: 1,
  unclassified: 1,
  tertiary_link: 2,
  tertiary: 2,
  secondary_link: 2,
  secondary: 3,
  primary_link: 3,
  primary: 4,
  trunk_link: 4,
  trunk: 5,
  motorway_link: 5,
  motorway: 6,
};

export function toneOfClass(name: RoadClass): number {
  return tones[name];
}

/** How much traffic a road is built for, 0 to 7; a road and its links have the same rank. */
const ranks: Readonly<Record<RoadClass, number>> = {
  service: 0,
  living_street: 1,
  road: 2,
  residential: 2,
  unclassified: 2,
  tertiary_link: 3,
  tertiary: 3,
  secondary_link: 4,
  secondary: 4,
  primary_link: 5,
  primary: 5,
  trunk_link: 6,
  trunk: 6,
  motorway_link: 7,
  motorway: 7,
};

export function rankOfClass(name: RoadClass): number {
  return ranks[name];
}
