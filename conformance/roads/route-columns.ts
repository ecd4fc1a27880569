import type { AnswerRoute, AnswerStep } from "./answer.ts";
import type { Scene } from "./scene.ts";

function steps(route: AnswerRoute): readonly AnswerStep[] {
  return route.legs.flatMap((leg) => leg.steps ?? []);
}

function list(route: AnswerRoute, text: (step: AnswerStep) => string): string {
  return steps(route).map(text).join(",");
}

/** A manoeuvre in the words of OSRM's scenarios: "depart", "turn right", "roundabout-exit-2", ... */
function turn({ maneuver, rotary_name }: AnswerStep): string {
  const { type, modifier = "undefined", exit } = maneuver;
  switch (type) {
    case "depart":
    case "arrive":
      return type;
    case "roundabout":
      return `roundabout-exit-${exit}`;
    case "rotary":
      return `${rotary_name ?? "rotary"}-exit-${exit}`;
    case "roundabout turn":
      return `${type} ${modifier} exit-${exit}`;
    default:
      return `${type} ${modifier}`;
  }
}

function bearings({ intersections: [first] }: AnswerStep): string {
  const into = first?.in === undefined ? 0 : ((first.bearings[first.in] ?? 0) + 180) % 360;
  const out = first?.out === undefined ? 0 : (first.bearings[first.out] ?? 0);
  return `${into}->${out}`;
}

function lanes({ intersections: [first] }: AnswerStep): string {
  return (first?.lanes ?? []).map((lane) => `${lane.indications.join(";")}:${lane.valid}`).join(" ");
}

function intersections(route: AnswerRoute): string {
  return steps(route)
    .map((step) =>
      step.intersections
        .map(({ entry, bearings: all }) => all.map((bearing, i) => `${entry[i]}:${bearing}`).join(" "))
        .join(","),
    )
    .join(";");
}

/** Degrees of a metre, more or less: OSRM's tests call a place a node within a quarter of a cell. */
const degreesPerMetre = 8.99e-6;

function nodeAt(scene: Scene, [lon = Number.NaN, lat = Number.NaN]: readonly number[]): string {
  const reach = 0.25 * scene.grid * degreesPerMetre;
  for (const [name, node] of scene.nodes) {
    if (Math.abs(node.lon - lon) <= reach && Math.abs(node.lat - lat) <= reach) return name;
  }
  return "_";
}

export function geometry(route: AnswerRoute): string {
  const shape = route.geometry ?? "";
  return typeof shape === "string" ? shape : shape.coordinates.map((point) => point.join(",")).join(",");
}

/** Annotations of all legs: figures joined by ":", legs by ",". */
export function annotation(route: AnswerRoute, name: string): string | undefined {
  const legs = route.legs.map(({ annotation: all }) => {
    switch (name) {
      case "duration":
        return all?.duration;
      case "distance":
        return all?.distance;
      case "weight":
        return all?.weight;
      case "speed":
        return all?.speed;
      case "nodes":
        return all?.nodes;
      case "datasources":
        return all?.datasources;
      case "datasource_names":
        return all?.metadata?.datasource_names;
      default:
        return undefined;
    }
  });
  return legs.some((leg) => leg === undefined) ? undefined : legs.map((leg) => leg?.join(":")).join(",");
}

/** The nodes passed, as they are wanted: by their letters or by their ids. */
export function nodesOf(scene: Scene, route: AnswerRoute, want: string): string {
  const ids = annotation(route, "nodes") ?? "";
  if (!/^[a-z_,]+$/.test(want)) return ids;
  const names = new Map([...scene.nodes].map(([name, { id }]) => [String(id), name]));
  return ids.replace(/\d+/g, (id) => names.get(id) ?? "_").replaceAll(":", "");
}

/** What a column of "I route I should get" holds for a route that was found; undefined for columns that are not known. */
export function routeColumn(scene: Scene, route: AnswerRoute, column: string): string | undefined {
  switch (column) {
    case "route":
      return list(route, (step) => step.name).trim();
    case "turns":
      return list(route, turn);
    case "ref":
      return list(route, (step) => step.ref ?? "");
    case "pronunciations":
      return list(route, (step) => step.pronunciation ?? "");
    case "destinations":
      return list(route, (step) => step.destinations ?? "");
    case "exits":
      return list(route, (step) => step.exits ?? "");
    case "bearing":
      return list(route, bearings);
    case "modes":
      return list(route, (step) => step.mode);
    case "driving_side":
      return list(route, (step) => step.driving_side ?? "");
    case "classes":
      return list(
        route,
        (step) => `[${step.intersections.map((one) => `(${(one.classes ?? []).join(",")})`).join(",")}]`,
      );
    case "times":
      return list(route, (step) => `${step.duration}s`);
    case "distances":
      return list(route, (step) => `${step.distance}m`);
    case "weights":
      return list(route, (step) => `${step.weight}`);
    case "lanes":
      return list(route, lanes).trim();
    case "intersections":
      return intersections(route).trim();
    case "locations":
      return list(route, (step) => nodeAt(scene, step.maneuver.location));
    case "summary":
      return route.legs
        .map((leg) => leg.summary ?? "")
        .join(";")
        .trim();
    case "geometry":
      return geometry(route);
    case "weight_name":
      return route.weight_name ?? "";
    case "distance":
      return `${route.distance}m`;
    case "time":
      return `${route.duration}s`;
    case "weight":
      return `${route.weight}`;
    case "speed":
      return route.duration > 0 ? `${Math.round((3.6 * route.distance) / route.duration)} km/h` : "";
    default:
      return column.startsWith("a:")
        ? annotation(route, column.slice(2))
        : column.startsWith("am:")
          ? annotation(route, column.slice(3))
          : undefined;
  }
}

const knownColumns = new Set(
  (
    "route turns ref pronunciations destinations exits bearing modes driving_side classes times distances weights lanes intersections " +
    "locations summary geometry weight_name distance time weight speed a:duration a:distance a:weight a:speed a:nodes a:datasources " +
    "am:datasource_names"
  ).split(" "),
);

export function isRouteColumn(column: string): boolean {
  return knownColumns.has(column);
}
