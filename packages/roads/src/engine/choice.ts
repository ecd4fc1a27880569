/** What a route shall be short in: time as the map (or the traffic) tells it, metres, or what the battery gives. */
export type Aim = "time" | "distance" | "energy";

/** Kinds of roads one may want to keep off. */
export type AvoidClass = "toll" | "motorway" | "ferry" | "restricted" | "tunnel";

export interface MetricChoice {
  readonly aim: Aim;
  /** Driven only where there is no other way, or no other within reason (`avoidEntry`). */
  readonly avoid: readonly AvoidClass[];
  /** Not driven at all. */
  readonly exclude?: readonly AvoidClass[];
}

/** Where a search may begin or end: an edge, and the share of it (0 to 1) that lies before the point. */
export interface EdgeEnd {
  readonly edge: number;
  readonly share: number;
}

/** The same text for the same choice. */
export function keyOf({ aim, avoid, exclude = [] }: MetricChoice): string {
  return `${aim} ${avoid.toSorted().join("+")} ${exclude.toSorted().join("+")}`;
}
