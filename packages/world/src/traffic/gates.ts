import { headingArriving } from "@caravan/roads";
import { nearestEdge } from "@caravan/roads/places";
import type { City } from "@caravan/roads";
import { mostHindrances } from "./hindrance.ts";
import type { Hindrance } from "./hindrance.ts";
import type { Gate } from "./lane.ts";
import { nearestAlong } from "./street.ts";
import type { Street } from "./street.ts";

const none: readonly Gate[] = [];
const jamPerMinute = 6;
/** A hindrance lies on the road nearest to it, at most this far away. */
const reach = 40; // m
/** So near to a junction it lies on the junction, in metres. */
const atJunction = 8;

/** Which hindrances are in force, as gates on streets; at most 50 of them. */
export function createGates({ city, street }: { readonly city: City; readonly street: (edge: number) => Street }) {
  let hindrances: readonly Hindrance[] = [];
  let gates = new Map<number, readonly Gate[]>();
  let inForce = "";

  function edgesOf(hindrance: Hindrance): readonly number[] {
    const { lat, lon, heading } = hindrance;
    const snap = nearestEdge(city, { lat, lon }, { radius: reach, ...(heading !== undefined && { heading }) });
    if (snap === undefined) return [];
    const on = street(snap.edge);
    const [ahead, behind] = [on.length - snap.along, snap.along];
    const { edgeFrom, edgeTo } = city.graph;
    if (Math.min(ahead, behind) < atJunction) {
      return edgesInto((ahead < behind ? edgeTo[on.edge] : edgeFrom[on.edge]) ?? -1, hindrance);
    }
    return heading === undefined && on.reverse >= 0 ? [snap.edge, on.reverse] : [snap.edge];
  }

  /** What happens on a crossing holds up every street that leads there. */
  function edgesInto(node: number, { heading }: Hindrance): readonly number[] {
    const { edgeTo, edgeCount } = city.graph;
    const found: number[] = [];
    for (let edge = 0; edge < edgeCount; edge++) {
      if (edgeTo[edge] !== node) continue;
      const turn = ((heading ?? 0) * Math.PI) / 180 - headingArriving(city.graph, edge);
      if (heading === undefined || Math.cos(turn) > 0.5) found.push(edge);
    }
    return found;
  }

  return {
    set(list: readonly Hindrance[]): void {
      hindrances = list.slice(0, mostHindrances);
    },
    /** Takes the hindrances of `now` (UTC ms); true where others are in force than before. Gates that stay keep whom they let past. */
    update(now: number): boolean {
      const current = hindrances.filter(({ from, until }) => from <= now && now < until);
      const key = current.map((hindrance) => JSON.stringify(hindrance)).join();
      if (key === inForce) return false;
      inForce = key;
      const before = gates;
      gates = new Map();
      for (const hindrance of current) {
        for (const edge of edgesOf(hindrance)) {
          const gate = gateOn(street(edge), hindrance);
          const known = before.get(edge)?.find((other) => other.hindrance === gate.hindrance);
          const kept = known === undefined ? gate : { ...gate, granted: known.granted, freeAt: known.freeAt };
          gates.set(edge, [...on(edge), kept]);
        }
      }
      return true;
    },
    on,
    isClosed: (edge: number): boolean => on(edge).some(({ kind }) => kind === "closure"),
  };

  function on(edge: number): readonly Gate[] {
    return gates.get(edge) ?? none;
  }
}

function gateOn(on: Street, hindrance: Hindrance): Gate {
  // Fronts must fit on the street before it, and who has passed must be on it still.
  const least = Math.min(8, on.length / 2);
  const along = Math.min(Math.max(nearestAlong(on, hindrance), least), Math.max(on.length - 2, least));
  const { id, kind, from, perMinute } = hindrance;
  const interval = kind === "closure" ? Infinity : 60 / (perMinute ?? jamPerMinute);
  return { hindrance: id, kind, along, interval, since: from, granted: -1, freeAt: 0 };
}
