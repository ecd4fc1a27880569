import type { MapData, MapRelation } from "../import/map-data.ts";
import { groupByRow } from "./compressed-rows.ts";
import type { RoadWay } from "./road-ways.ts";
import type { Network } from "./split-ways.ts";

/** Edges that may not be driven one after the other; two of them for a turn at a junction, more where the way between counts too. */
export type ForbiddenSequence = readonly number[];

/** A restriction over more edges than this is a mistake of the map. */
const longestSequence = 24;

const ourModes = new Set(["motorcar", "motor_vehicle", "vehicle"]);

/** "no_left_turn", "only_straight_on", ... for cars, at all times; undefined for all other relations. */
function restrictionOf(relation: MapRelation): string | undefined {
  const { tags } = relation;
  if (tags.get("type") !== "restriction") return undefined;
  const excepted =
    tags
      .get("except")
      ?.split(";")
      .some((mode) => ourModes.has(mode.trim())) ?? false;
  if (excepted) return undefined;
  return tags.get("restriction:motorcar") ?? tags.get("restriction:motor_vehicle") ?? tags.get("restriction");
}

/** Turn restriction relations (OpenStreetMap wiki, Relation:restriction) as sequences of edges; those that do not fit the network are skipped. */
export function forbiddenSequences(
  map: MapData,
  ways: readonly RoadWay[],
  network: Network,
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

  /** The edges of the ways between, from a node to a node where one of `goals` begins; the shortest such path. */
  function pathThrough(
    start: number,
    between: ReadonlySet<number>,
    goalNodes: ReadonlySet<number>,
  ): readonly number[] | undefined {
    const seen = new Set([start]);
    let paths: { readonly node: number; readonly path: readonly number[] }[] = [{ node: start, path: [] }];
    for (let length = 0; length < longestSequence && paths.length > 0; length++) {
      const longer: typeof paths = [];
      for (const { node, path } of paths) {
        if (path.length > 0 && goalNodes.has(node)) return path;
        for (const edge of leaving(node)) {
          const end = endOf(edge);
          if (!between.has(edge) || seen.has(end)) continue;
          seen.add(end);
          longer.push({ node: end, path: [...path, edge] });
        }
      }
      paths = longer;
    }
    return undefined;
  }

  /** All that may not follow when only this sequence may. */
  function othersThan(sequence: readonly number[]): readonly ForbiddenSequence[] {
    const forbidden: ForbiddenSequence[] = [];
    for (let i = 1; i < sequence.length; i++) {
      const before = sequence.slice(0, i);
      for (const edge of leaving(endOf(before.at(-1) ?? 0))) {
        if (edge !== sequence[i]) forbidden.push([...before, edge]);
      }
    }
    return forbidden;
  }

  const found: ForbiddenSequence[] = [];
  for (const relation of map.relations) {
    const kind = restrictionOf(relation);
    const only = kind?.startsWith("only_") ?? false;
    if (kind === undefined || !(only || kind.startsWith("no_"))) continue;
    const withRole = (role: string) => relation.members.filter((member) => member.role === role);
    const from = withRole("from").flatMap((member) => edgesOf(member.id));
    const to = withRole("to").flatMap((member) => edgesOf(member.id));
    const via = withRole("via");
    if (from.length === 0 || to.length === 0 || via.length === 0) continue;

    const [first] = via;
    if (first?.kind === "node") {
      const point = map.pointOfNode(first.id);
      const node = point < 0 ? -1 : network.nodeOfPoint[point];
      const ins = from.filter((edge) => endOf(edge) === node);
      const outs = to.filter((edge) => startOf(edge) === node);
      // Where the way runs on beyond the junction, the relation does not tell which half it means.
      const ways = withRole("from").length;
      if (node < 0 || ins.length > ways || outs.length > withRole("to").length) continue;
      for (const a of ins) for (const b of outs) found.push(...(only ? othersThan([a, b]) : [[a, b]]));
      continue;
    }
    const between = new Set(via.flatMap((member) => edgesOf(member.id)));
    const goalNodes = new Set(to.map(startOf));
    const viaStarts = new Set([...between].map(startOf));
    for (const a of from) {
      if (!viaStarts.has(endOf(a))) continue;
      const path = pathThrough(endOf(a), between, goalNodes);
      if (path === undefined) continue;
      for (const b of to) {
        if (startOf(b) !== endOf(path.at(-1) ?? 0)) continue;
        const sequence = [a, ...path, b];
        found.push(...(only ? othersThan(sequence) : [sequence]));
      }
    }
  }
  return found;
}
