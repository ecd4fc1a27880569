import type { RoadIncident } from "../ahead/road-ahead.ts";
import type { City, Graph } from "../city.ts";
import { noWay } from "../engine/costs.ts";
import { toDegrees } from "../geometry.ts";
import { EdgeSums, edgeTime, placeSpeeds, usualWait } from "./edge-times.ts";
import type { PlacedSpeeds } from "./edge-times.ts";
import { isNow, placeIncident } from "./incidents.ts";
import type { Incident } from "./incidents.ts";
import { levelOf } from "./level.ts";
import type { TrafficLevel } from "./level.ts";
import { unmeasuredQueues } from "./queue-ahead.ts";
import { Segments } from "./segments.ts";
import type { SegmentSpeed } from "./speed-file.ts";

/** A speed that somebody measured, or that is usual now. */
export interface HeardSpeed extends SegmentSpeed {
  /** UTC ms when it was measured. */
  readonly at: number;
  /** Cars that measured it; 0: it is only what is usual at this time of the week. */
  readonly probes: number;
}

/** All that is told of the traffic at one time; the next picture takes its place. */
export interface HeardTraffic {
  readonly speeds: readonly HeardSpeed[];
  readonly incidents: readonly Incident[];
}

/** A piece of road on which traffic does not run freely. */
export interface SlowStretch {
  readonly edge: number;
  readonly level: "slow" | "queue" | "closed";
  /** lon, lat, lon, lat, ... */
  readonly line: readonly number[];
}

/** The traffic on the roads of one city, from what is heard of it. */
export interface Traffic {
  /** Takes a picture in place of the last one. */
  hear(picture: HeardTraffic): void;
  /** Takes speeds that hold until others take their place, as from a file; a fresh measurement goes before them. */
  feed(speeds: readonly SegmentSpeed[]): void;
  /** Times of all edges at an instant (UTC ms), in the form the engine wants; undefined where all is as the map says. */
  times(at: number): { readonly edgeMs: Uint32Array } | undefined;
  /** How traffic runs on an edge, as of the last `times`. */
  level(edge: number): TrafficLevel;
  /** Where it does not run freely, the worst first, at most `most`; as of the last `times`. */
  slow(most: number): readonly SlowStretch[];
  /** What happened on the roads, as of the last `times`. */
  incidents(): readonly RoadIncident[];
}

/** Milliseconds for which a measurement counts whole, and after which it counts no more. */
const freshMs = 5 * 60_000;
const staleMs = 20 * 60_000;

/** One car alone counts this much, three cars nearly whole. */
const alone = 0.7;

/** Times by which an edge may take longer than the map says, however slow somebody was. */
const mostDelay = 30;

const nothing: PlacedSpeeds = {
  count: 0,
  segment: new Uint32Array(),
  edge: new Int32Array(),
  metres: new Float32Array(),
  speed: new Uint32Array(),
};

/** The traffic of a city; holds at most one picture and one file, both bounded by the roads that the map has. */
export function createTraffic(city: City): Traffic {
  const { graph } = city;
  let segments: Segments | undefined;
  let heard: HeardTraffic = { speeds: [], incidents: [] };
  let heardAt: PlacedSpeeds = nothing;
  let fed: readonly SegmentSpeed[] = [];
  let fedAt: PlacedSpeeds = nothing;
  let now: ReadonlyMap<number, number> = new Map();
  let happened: readonly RoadIncident[] = [];

  function placed(speeds: readonly SegmentSpeed[]): PlacedSpeeds {
    if (speeds.length === 0) return nothing;
    segments ??= new Segments(graph);
    return placeSpeeds(segments, speeds);
  }

  /** Milliseconds of each edge of which something is known. */
  function known(at: number): Map<number, number> {
    const times = new Map<number, number>();
    const file = new EdgeSums(fedAt.count === 0 ? 0 : graph.edgeCount);
    for (let i = 0; i < fedAt.count; i++) file.add(fedAt.edge[i], fedAt.metres[i], fed[fedAt.speed[i]].speed);
    for (const edge of file.edges) times.set(edge, edgeTime(graph, edge, file));
    if (heardAt.count === 0) return times;
    const usual = new EdgeSums(graph.edgeCount);
    const live = new EdgeSums(graph.edgeCount);
    const weights = new Float32Array(graph.edgeCount);
    const speeds = new Map<number, number>();
    for (let i = 0; i < heardAt.count; i++) {
      const edge = heardAt.edge[i];
      const speed = heard.speeds[heardAt.speed[i]];
      if (speed.probes === 0) usual.add(edge, heardAt.metres[i], speed.speed);
      else if (at - speed.at < staleMs) {
        live.add(edge, heardAt.metres[i], speed.speed);
        speeds.set(heardAt.segment[i], speed.speed);
        weights[edge] = Math.max(weights[edge], weightOf(speed, at));
      }
    }
    const slowEdges = new Set(
      live.edges.filter((edge) => levelOfEdge(graph, edge, measuredTime(graph, edge, live)) !== "free"),
    );
    segments ??= new Segments(graph);
    for (const { edge, metres, speed, queue } of unmeasuredQueues(graph, segments, { speeds, slowEdges })) {
      live.add(edge, metres, speed);
      weights[edge] = Math.max(weights[edge], weights[queue]);
    }
    for (const edge of usual.edges) times.set(edge, measuredTime(graph, edge, usual));
    for (const edge of live.edges) {
      const before = times.get(edge) ?? graph.edgeMs[edge];
      const measured = measuredTime(graph, edge, live);
      const isClosed = measured === noWay || before === noWay;
      times.set(edge, isClosed ? measured : Math.round(before + weights[edge] * (measured - before)));
    }
    return times;
  }

  return {
    hear(picture) {
      heard = picture;
      heardAt = placed(picture.speeds);
    },
    feed(speeds) {
      fed = speeds;
      fedAt = placed(speeds);
    },
    times(at) {
      const times = known(at);
      happened = heard.incidents.filter((incident) => isNow(incident, at)).map((each) => placeIncident(city, each));
      for (const { kind, edges } of happened) if (kind === "closure") for (const edge of edges) times.set(edge, noWay);
      now = times;
      if (times.size === 0) return undefined;
      const edgeMs = graph.edgeMs.slice();
      for (const [edge, ms] of times) edgeMs[edge] = ms;
      return { edgeMs };
    },
    level(edge) {
      const ms = now.get(edge);
      return ms === undefined ? "unknown" : levelOfEdge(graph, edge, ms);
    },
    slow(most) {
      const found: { readonly edge: number; readonly level: SlowStretch["level"]; readonly worth: number }[] = [];
      for (const [edge, ms] of now) {
        const level = levelOfEdge(graph, edge, ms);
        if (level === "free") continue;
        const lost = ms === noWay ? Infinity : ms - graph.edgeMs[edge];
        found.push({ edge, level, worth: lost });
      }
      return found
        .toSorted((a, b) => b.worth - a.worth || a.edge - b.edge)
        .slice(0, most)
        .map(({ edge, level }) => ({ edge, level, line: lineOf(graph, edge) }));
    },
    incidents: () => happened,
  };
}

/** How much a measurement counts against what is usual: less with age, and less from one car alone. */
function weightOf({ at, probes }: HeardSpeed, now: number): number {
  const age = Math.max(0, now - at);
  const fresh = Math.min(1, Math.max(0, 1 - (age - freshMs) / (staleMs - freshMs)));
  return fresh * (1 - (1 - alone) / probes ** 2);
}

/** What cars measured, without what they waited where everybody has to wait: the map's own times leave that out too. */
function measuredTime(graph: Graph, edge: number, sums: EdgeSums): number {
  const ms = edgeTime(graph, edge, sums);
  if (ms === noWay) return noWay;
  const free = graph.edgeMs[edge];
  const wait = usualWait(graph, edge) * 1_000;
  return Math.min(free * mostDelay, ms <= free ? ms : Math.max(free, ms - wait));
}

function levelOfEdge(graph: Graph, edge: number, ms: number): Exclude<TrafficLevel, "unknown"> {
  return levelOf(graph.edgeMs[edge], ms === noWay ? Infinity : ms);
}

function lineOf(graph: Graph, edge: number): readonly number[] {
  const road = graph.edgeRoad[edge];
  const line: number[] = [];
  for (let point = graph.roadPoint[road]; point < graph.roadPoint[road + 1]; point++) {
    line.push(toDegrees(graph.pointX[point]), toDegrees(graph.pointY[point]));
  }
  if (graph.roadForward[road] === edge) return line;
  const back: number[] = [];
  for (let i = line.length - 2; i >= 0; i -= 2) back.push(line[i], line[i + 1]);
  return back;
}
