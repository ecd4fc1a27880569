import type { SceneryFeature, TileValue } from "../scenery.ts";

/** What a name's line takes over from its street. */
const kept = new Set(["name", "name:en", "name:zh", "ref", "class", "k", "tu", "brunnel"]);

/** The key under which two ends meet: the position, to 1e-7 degrees. */
function endKey(line: Float64Array, atEnd: boolean): string {
  const i = atEnd ? line.length - 2 : 0;
  return `${Math.round(line[i] * 1e7)},${Math.round(line[i + 1] * 1e7)}`;
}

function reversed(line: Float64Array): Float64Array {
  const turned = new Float64Array(line.length);
  for (let i = 0; i < line.length; i += 2) {
    turned[i] = line[line.length - 2 - i];
    turned[i + 1] = line[line.length - 1 - i];
  }
  return turned;
}

function joined(a: Float64Array, b: Float64Array): Float64Array {
  const line = new Float64Array(a.length + b.length - 2);
  line.set(a);
  line.set(b.subarray(2), a.length);
  return line;
}

/** Lines that meet end to end become one, as long as only two of them meet there. */
function joinLines(lines: readonly Float64Array[]): readonly Float64Array[] {
  const whole: Float64Array[] = [];
  const ends = new Map<string, Set<Float64Array>>();
  const put = (line: Float64Array) => {
    for (const atEnd of [false, true]) {
      const key = endKey(line, atEnd);
      const others = ends.get(key);
      if (others === undefined) ends.set(key, new Set([line]));
      else others.add(line);
    }
  };
  const drop = (line: Float64Array) => {
    for (const atEnd of [false, true]) ends.get(endKey(line, atEnd))?.delete(line);
  };
  const waiting = new Set(lines);
  for (const line of lines) put(line);
  for (const seed of waiting) {
    waiting.delete(seed);
    drop(seed);
    let line = seed;
    for (let turned = 0; turned < 2; turned++) {
      for (;;) {
        const key = endKey(line, true);
        const others = ends.get(key);
        if (others === undefined || others.size !== 1) break;
        const [next] = others;
        waiting.delete(next);
        drop(next);
        line = joined(line, endKey(next, false) === key ? next : reversed(next));
      }
      line = reversed(line);
    }
    whole.push(line);
  }
  return whole;
}

/**
 * Lines to write street names along: pieces of one street are joined, since a name needs room. Signs follow the class of their longest
 * stretch, so one street of two classes has a line for each.
 */
export function streetLines(scenery: readonly SceneryFeature[]): readonly SceneryFeature[] {
  const streets = new Map<string, SceneryFeature[]>();
  for (const feature of scenery) {
    const { name = "", ref = "", class: kind = "", brunnel = "" } = feature.properties;
    if (feature.layer !== "transportation" || feature.shape !== "line") continue;
    if ((name === "" && ref === "") || kind === "platform" || kind === "rail") continue;
    const key = JSON.stringify([name, ref, kind, brunnel]);
    const known = streets.get(key);
    if (known === undefined) streets.set(key, [feature]);
    else known.push(feature);
  }
  const lines: SceneryFeature[] = [];
  for (const features of streets.values()) {
    const properties: Record<string, TileValue> = {};
    for (const [key, value] of Object.entries(features[0].properties)) if (kept.has(key)) properties[key] = value;
    const minZoom = Math.max(10, Math.min(...features.map((feature) => feature.minZoom)) + 1);
    for (const line of joinLines(features.map((feature) => feature.rings[0]))) {
      lines.push({ layer: "transportation_name", shape: "line", rings: [line], minZoom, properties });
    }
  }
  return lines;
}
