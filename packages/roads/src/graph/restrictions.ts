import type { MapData, MapRelation } from "../import/map-data.ts";
import { holdsAt, readConditions } from "../rules/conditions.ts";
import type { LocalTime } from "../rules/conditions.ts";
import { groupByRow } from "./compressed-rows.ts";
import type { RoadWay } from "./road-ways.ts";
import type { Network } from "./split-ways.ts";

/** Edges that may not be driven one after the other; two of them for a turn at a junction, more where the way between counts too. */
export type ForbiddenSequence = readonly number[];

/** A restriction over more edges than this is a mistake of the map. */
const longestSequence = 64;

const ourModes = ["motorcar", "motor_vehicle", "vehicle"];

/** Rules about turning while a light is red say nothing about where one may go. */
function restricts(kind: string): boolean {
  return (kind.startsWith("no_") || kind.startsWith("only_")) && !kind.endsWith("_on_red");
}

/** "no_left_turn", "only_straight_on", ... for cars, at all times or at the time told; undefined for all other relations. */
function restrictionOf({ tags }: MapRelation, time: LocalTime | undefined): string | undefined {
  if (tags.get("type") !== "restriction") return undefined;
  const excepted = (tags.get("except") ?? "").split(/[;,]/).some((mode) => ourModes.includes(mode.trim()));
  if (excepted) return undefined;
  const keys = [...ourModes.map((mode) => `restriction:${mode}`), "restriction"];
  const kind = keys.map((key) => tags.get(key)).find((value) => value !== undefined && value !== "");
  if (kind !== undefined) return restricts(kind) ? kind : undefined;
  const conditional = keys.map((key) => tags.get(`${key}:conditional`)).find((value) => value !== undefined);
  return readConditions(conditional ?? "").find(({ value, condition }) => restricts(value) && holdsAt(condition, time))
    ?.value;
}

/**
 * Turn restriction relations (OpenStreetMap wiki, Relation:restriction) as sequences of edges; those that do not fit the network are
 * skipped. Restrictions that hold at times are in force if they hold at `time`; without one, if they always do.
 */
export function forbiddenSequences(
  map: MapData,
  ways: readonly RoadWay[],
  network: Network,
  time?: LocalTime,
): readonly ForbiddenSequence[] {
  const rowOfWay = new Map<number, number>(ways.map((way, row) => [way.source.id, row]));
  const edgeWay = Uint32Array.from(network.edgeRoad, (road) => network.roadWay[road]);
  const edgesOfWay = groupByRow(ways.length, edgeWay);
  const edgesFromNode = groupByRow(network.nodeCount, network.edgeFrom);

  function edgesOf(id: number): readonly number[] {
    const row = rowOfWay.get(id);
    if (row === undefined) return [];
    return [...edgesOfWay.values.subarray(edgesOfWay.first[row], edgesOfWay.first[row + 1])];
  }
  const leaving = (node: number) =>
    edgesFromNode.values.subarray(edgesFromNode.first[node], edgesFromNode.first[node + 1]);
  const startOf = (edge: number) => network.edgeFrom[edge];
  const endOf = (edge: number) => network.edgeTo[edge];

  /** Whether a way begins or ends at a node. One that runs on through it does not tell which half is meant. */
  function isEnd(id: number, node: number): boolean {
    const row = rowOfWay.get(id);
    if (row === undefined) return false;
    const { points } = ways[row].source;
    return network.nodeOfPoint[points[0]] === node || network.nodeOfPoint[points[points.length - 1]] === node;
  }

  /** The edges of a whole way from the end that lies at a node to its other end; undefined where it cannot be driven so. */
  function wholeWay(id: number, start: number): readonly number[] | undefined {
    const row = rowOfWay.get(id);
    if (row === undefined) return undefined;
    const { points } = ways[row].source;
    const ends = [network.nodeOfPoint[points[0]], network.nodeOfPoint[points[points.length - 1]]] as const;
    const roads = [...new Set(edgesOf(id).map((edge) => network.edgeRoad[edge]))].toSorted((x, y) => x - y);
    const runs = [
      { ends, edges: roads.map((road) => network.roadForward[road]) },
      { ends: ends.toReversed(), edges: roads.toReversed().map((road) => network.roadBackward[road]) },
    ];
    return runs.find(({ ends: [begin, end], edges }) => {
      const isJoined = edges.every((edge, i) => edge >= 0 && startOf(edge) === (i === 0 ? begin : endOf(edges[i - 1])));
      return begin === start && edges.length > 0 && isJoined && endOf(edges[edges.length - 1]) === end;
    })?.edges;
  }

  /** The edges of the ways between, one whole way after the other as they are listed; undefined where they are no path. */
  function pathThrough(start: number, between: readonly number[]): readonly number[] | undefined {
    const path: number[] = [];
    for (const id of between) {
      const last = path.at(-1);
      const edges = wholeWay(id, last === undefined ? start : endOf(last));
      if (edges === undefined || path.length + edges.length > longestSequence) return undefined;
      path.push(...edges);
    }
    return path;
  }

  /** All that may not follow when only `allowed` may; if that is closed, nothing may. */
  function othersAfter(before: readonly number[], allowed: ReadonlySet<number>): readonly ForbiddenSequence[] {
    return [...leaving(endOf(before.at(-1) ?? 0))]
      .filter((edge) => !allowed.has(edge))
      .map((edge) => [...before, edge]);
  }

  const found: ForbiddenSequence[] = [];
  for (const relation of map.relations) {
    const kind = restrictionOf(relation, time);
    if (kind === undefined) continue;
    const only = kind.startsWith("only_");
    const withRole = (role: string) => relation.members.filter((member) => member.role === role);
    const edgesAt = (role: string, node: number, ends: (edge: number) => number) =>
      withRole(role)
        .filter(({ id }) => isEnd(id, node))
        .flatMap(({ id }) => edgesOf(id))
        .filter((edge) => ends(edge) === node);
    const via = withRole("via");
    const [first] = via;
    if (first === undefined) continue;
    if (first.kind === "node") {
      const point = map.pointOfNode(first.id);
      const node = point < 0 ? -1 : network.nodeOfPoint[point];
      if (node < 0) continue;
      if (!withRole("to").some(({ id }) => isEnd(id, node))) continue;
      const outs = edgesAt("to", node, startOf);
      for (const a of edgesAt("from", node, endOf)) {
        found.push(...(only ? othersAfter([a], new Set(outs)) : outs.map((b) => [a, b])));
      }
      continue;
    }
    const from = withRole("from").flatMap((member) => edgesOf(member.id));
    const to = withRole("to").flatMap((member) => edgesOf(member.id));
    const isEndOfAny = (role: string, node: number) => withRole(role).some(({ id }) => isEnd(id, node));
    for (const a of from) {
      if (!isEndOfAny("from", endOf(a))) continue;
      const path = pathThrough(
        endOf(a),
        via.flatMap(({ kind: what, id }) => (what === "way" ? [id] : [])),
      );
      const last = path?.at(-1);
      if (path === undefined || last === undefined || !isEndOfAny("to", endOf(last))) continue;
      const before = [a, ...path];
      const outs = to.filter((edge) => startOf(edge) === endOf(last));
      found.push(...(only ? othersAfter(before, new Set(outs)) : outs.map((b) => [...before, b])));
    }
  }
  return found;
}
