import type { Tags } from "../import/map-data.ts";
import { alongWay } from "./tag-reading.ts";
import type { Directed } from "./tag-reading.ts";

const busKeys = ["lanes:psv", "lanes:taxi", "lanes:share_taxi", "lanes:minibus", "lanes:bus"];

function countOf(text: string | undefined): number {
  return text !== undefined && /^[1-9]\d*$/.test(text) ? Number(text) : 0;
}

/** Lanes for buses only, by direction. */
function busLanes(tags: Tags, oneWay: -1 | 0 | 1): Directed<number> {
  const all = busKeys.map((key) => alongWay(tags, key, oneWay));
  return {
    forward: countOf(all.find(({ forward }) => forward !== undefined)?.forward),
    backward: countOf(all.find(({ backward }) => backward !== undefined)?.backward),
  };
}

/** Takes lanes without an arrow off the left and the right, which is how bus lanes are drawn; others stay. */
function trimmed(lanes: string, left: number, right: number): string {
  let rest = lanes;
  if (left > 0 && left < rest.length && /^\|*$/.test(rest.slice(0, left))) rest = rest.slice(left);
  if (right > 0 && right < rest.length && /^\|*$/.test(rest.slice(-right))) rest = rest.slice(0, -right);
  return rest;
}

/** Leaves out the lanes that are closed to cars; both lists must tell of the same number of lanes. */
function permitted(lanes: string, access: string): string {
  const all = lanes.split("|");
  const values = access.split("|");
  return all.length === values.length ? all.filter((_, i) => values[i] !== "no").join("|") : lanes;
}

/** Arrows of the lanes that a car may take, "left|through;right", by direction; empty where the map has none. */
export function turnLanesOf(tags: Tags, oneWay: -1 | 0 | 1): Directed<string> {
  const lanes = alongWay(tags, "turn:lanes", oneWay);
  const access = alongWay(tags, "vehicle:lanes", oneWay);
  const buses = busLanes(tags, oneWay);
  const lanesIn = (side: "forward" | "backward", left: number, right: number) => {
    const text = lanes[side];
    if (text === undefined) return "";
    const values = access[side];
    return values === undefined ? trimmed(text, left, right) : permitted(text, values);
  };
  return {
    forward: lanesIn("forward", buses.backward, buses.forward),
    backward: lanesIn("backward", buses.forward, buses.backward),
  };
}
