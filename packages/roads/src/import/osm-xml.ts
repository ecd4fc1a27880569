import { MapError } from "../map-error.ts";
import { toUnits } from "../geometry.ts";
import { openStreetMapAttribution } from "./map-data.ts";
import type { MapData, MapRelation, MapWay, Tags } from "./map-data.ts";
import { PointIndex } from "./point-index.ts";
import type { RelationMember } from "./pbf-block.ts";
import { keepsNode, keepsRelation, keepsWay } from "./what-is-kept.ts";

const entities: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

function decode(text: string): string {
  if (!text.includes("&")) return text;
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|(\w+));/g, (whole, decimal, hex, name) => {
    if (typeof name === "string") return entities[name] ?? whole;
    const code = typeof decimal === "string" ? Number(decimal) : Number.parseInt(String(hex), 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

function attributesOf(text: string): ReadonlyMap<string, string> {
  const attributes = new Map<string, string>();
  for (const [, name, double, single] of text.matchAll(/([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)) {
    attributes.set(name, decode(double ?? single ?? ""));
  }
  return attributes;
}

function damaged(what: string): MapError {
  return new MapError("broken-map", `The map file is damaged: ${what}.`);
}

function numberIn(attributes: ReadonlyMap<string, string>, name: string): number {
  const value = Number(attributes.get(name) ?? Number.NaN);
  if (!Number.isFinite(value)) throw damaged(`an element has no ${name}`);
  return value;
}

interface Element {
  readonly kind: "node" | "way" | "relation";
  readonly attributes: ReadonlyMap<string, string>;
  readonly tags: Map<string, string>;
  readonly nodes: number[];
  readonly members: RelationMember[];
}

/** Elements of an OSM XML document (https://wiki.openstreetmap.org/wiki/OSM_XML), one after the other. */
function* elementsIn(text: string): Generator<Element> {
  let open: Element | undefined;
  let at = text.indexOf("<osm");
  if (at < 0) throw new MapError("not-a-map", "This file is no OpenStreetMap map in XML.");
  for (;;) {
    const start = text.indexOf("<", at);
    if (start < 0) break;
    if (text.startsWith("<!--", start)) {
      at = text.indexOf("-->", start);
      if (at < 0) throw damaged("a comment does not end");
      continue;
    }
    const end = endOfTag(text, start);
    at = end + 1;
    const closes = text[start + 1] === "/";
    const isWhole = text[end - 1] === "/";
    const inside = text.slice(start + (closes ? 2 : 1), isWhole ? end - 1 : end);
    const [name] = /^[\w!?-]*/.exec(inside) ?? [""];
    if (closes && name === "osm") return;
    if (name === "node" || name === "way" || name === "relation") {
      if (closes) {
        if (open?.kind !== name) throw damaged("its elements do not close as they open");
        yield open;
        open = undefined;
        continue;
      }
      const element: Element = {
        kind: name,
        attributes: attributesOf(inside),
        tags: new Map(),
        nodes: [],
        members: [],
      };
      if (isWhole) yield element;
      else open = element;
    } else if (open !== undefined && !closes) {
      const attributes = attributesOf(inside);
      if (name === "tag") open.tags.set(attributes.get("k") ?? "", attributes.get("v") ?? "");
      else if (name === "nd") open.nodes.push(numberIn(attributes, "ref"));
      else if (name === "member") {
        const type = attributes.get("type");
        if (type !== "node" && type !== "way" && type !== "relation") throw damaged("a member has no type");
        open.members.push({ kind: type, id: numberIn(attributes, "ref"), role: attributes.get("role") ?? "" });
      }
    }
  }
  throw damaged("it ends before its end, as after a download that was broken off");
}

/** Where a tag ends; a ">" in quotes does not end it. */
function endOfTag(text: string, start: number): number {
  let quote = "";
  for (let i = start + 1; i < text.length; i++) {
    const sign = text[i];
    if (quote !== "") {
      if (sign === quote) quote = "";
    } else if (sign === '"' || sign === "'") quote = sign;
    else if (sign === ">") return i;
  }
  throw damaged("it ends before its end, as after a download that was broken off");
}

/** A map in OpenStreetMap's XML, as editors and small exports write it. */
export function readOsmXml(text: string): MapData {
  const nodes: { readonly id: number; readonly x: number; readonly y: number; readonly tags: Tags }[] = [];
  const rawWays: { readonly id: number; readonly nodes: readonly number[]; readonly tags: Tags }[] = [];
  const relations: MapRelation[] = [];
  for (const { kind, attributes, tags, nodes: refs, members } of elementsIn(text)) {
    if (kind === "node") {
      const lat = numberIn(attributes, "lat");
      const lon = numberIn(attributes, "lon");
      if (Math.abs(lat) > 90 || Math.abs(lon) > 180) throw damaged("a position lies outside the world");
      nodes.push({ id: numberIn(attributes, "id"), x: toUnits(lon), y: toUnits(lat), tags });
    } else if (kind === "way") {
      if (keepsWay(tags)) rawWays.push({ id: numberIn(attributes, "id"), nodes: refs, tags });
    } else if (keepsRelation(tags)) relations.push({ tags, members });
  }
  const points = new PointIndex(rawWays.map((way) => way.nodes));
  const pointTags = new Map<number, Tags>();
  for (const { id, x, y, tags } of nodes) {
    const point = points.put(id, x, y, keepsNode(tags));
    if (point >= 0 && tags.size > 0) pointTags.set(point, tags);
  }
  const ways: MapWay[] = rawWays.map(({ id, nodes: refs, tags }) => ({ id, tags, points: points.line(refs) }));
  const { x, y, ids } = points.positions();
  return {
    pointX: x,
    pointY: y,
    pointNode: ids,
    pointTags,
    ways,
    relations,
    pointOfNode: (id) => points.of(id),
    attribution: openStreetMapAttribution,
  };
}
