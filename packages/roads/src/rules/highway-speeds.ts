/** Average speeds of free traffic by class of road, km/h; the figures of OSRM's car profile (BSD-2-Clause), which were fitted to real drives. */
const highwaySpeeds: ReadonlyMap<string, number> = new Map([
  ["motorway", 90],
  ["motorway_link", 45],
  ["trunk", 85],
  ["trunk_link", 40],
  ["primary", 65],
  ["primary_link", 30],
  ["secondary", 55],
  ["secondary_link", 25],
  ["tertiary", 40],
  ["tertiary_link", 20],
  ["unclassified", 25],
  ["residential", 25],
  ["living_street", 10],
  ["service", 15],
  ["winter_road", 20],
  ["ice_road", 15],
]);

/** km/h driven on average on a class of road; undefined for ways that are no roads for cars. */
export function highwaySpeed(highway: string): number | undefined {
  return highwaySpeeds.get(highway);
}
