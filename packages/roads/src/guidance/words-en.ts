import { uncapitalised } from "./texts.ts";
import type { AlertKind, GuideWords } from "./words.ts";

const plural = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`;
const counts = ["no", "one", "two", "three", "four", "five", "six"];

const fractions: Readonly<Record<string, string>> = {
  0.25: "a quarter of a mile",
  0.5: "half a mile",
  0.75: "three quarters of a mile",
  1: "1 mile",
};

const alerts: Readonly<Record<AlertKind, string>> = {
  camera: "speed camera",
  "rail-crossing": "level crossing",
  works: "road works",
  closure: "road closed",
  accident: "accident",
  hazard: "hazard on the road",
  "limit-drop": "speed limit",
};

const newRoutes = {
  rerouted: "New route",
  closure: "The road ahead is closed. New route",
  faster: "New route around slow traffic",
} as const;

const places = { stop: "your stop", charge: "the charging station", destination: "your destination" } as const;

function placeName(kind: keyof typeof places, name: string): string {
  if (name === "") return places[kind];
  return kind === "charge" ? `the charging station ${name}` : name;
}

/** British spelling, as a driver in Europe reads it. */
export const englishWords: GuideWords = {
  metres: (metres) => plural(metres, "metre", "metres"),
  kilometres: (kilometres) => plural(kilometres, "kilometre", "kilometres"),
  feet: (feet) => plural(feet, "foot", "feet"),
  miles: (miles) => fractions[miles] ?? plural(miles, "mile", "miles"),
  inDistance: (distance, instruction) => `In ${distance}, ${uncapitalised(instruction)}`,
  linked: (first, second, isAtOnce) => `${first}, then ${isAtOnce ? "immediately " : ""}${uncapitalised(second)}`,
  linkedBy: (first, distance, second) => `${first}, then, in ${distance}, ${uncapitalised(second)}`,
  followRoad: (way, distance) => (way === "" ? `Continue for ${distance}` : `Continue on ${way} for ${distance}`),
  lanes: ({ side, count }) =>
    count === 1 ? `Use the ${side} lane` : `Use the ${counts[count] ?? count} ${side} lanes`,
  sentences: (first, second) => `${first}. ${second}`,
  side: (side) => (side === "straight" ? "" : `on the ${side}`),
  arriveSoon: (kind, name, side) => `You will arrive at ${[placeName(kind, name), side].filter(Boolean).join(", ")}`,
  arriveNow: (kind, name, side) => `You have arrived at ${[placeName(kind, name), side].filter(Boolean).join(", ")}`,
  charge: (minutes, percent) => `Charge for ${plural(minutes, "minute", "minutes")}, up to ${percent} percent`,
  newRoute: (why) => newRoutes[why],
  fasterWay: (minutes, why) =>
    why === "closure"
      ? "The road ahead is closed. There is another way"
      : `There is a faster way. It saves ${plural(minutes, "minute", "minutes")}`,
  overspeed: (limit, unit) => `The limit here is ${limit}${unit === "mph" ? " miles per hour" : ""}`,
  alert: (kind, distance, limit) =>
    kind === "limit-drop" ? `In ${distance}, speed limit ${limit}` : `In ${distance}, ${alerts[kind]}`,
  positionLost: "The position is lost",
  noRoute: "There is no route",
};
