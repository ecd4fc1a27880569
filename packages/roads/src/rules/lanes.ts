import type { Tags } from "../import/map-data.ts";
import type { RoadClass } from "./road-class.ts";

/** More lanes than any road of a city has; a bigger figure is a slip of the mapper. */
const mostLanes = 12;

function count(text: string | undefined): number | undefined {
  if (text === undefined || !/^\d{1,2}$/.test(text)) return undefined;
  const lanes = Number(text);
  return lanes >= 1 && lanes <= mostLanes ? lanes : undefined;
}

export interface Lanes {
  readonly forward: number;
  readonly backward: number;
  /** Nothing is tagged; the figures are what such a road usually has. */
  readonly assumed: boolean;
}

/** Lanes of a way by direction; a closed direction has none. */
export function lanesOf(
  tags: Tags,
  name: RoadClass,
  open: { readonly forward: boolean; readonly backward: boolean },
): Lanes {
  const total = count(tags.get("lanes"));
  const forward = count(tags.get("lanes:forward"));
  const backward = count(tags.get("lanes:backward"));
  const assumed = total === undefined && forward === undefined && backward === undefined;
  if (!open.forward || !open.backward) {
    const usual = name === "motorway" ? 2 : 1;
    const lanes = total ?? (open.forward ? forward : backward) ?? usual;
    return { forward: open.forward ? lanes : 0, backward: open.backward ? lanes : 0, assumed };
  }
  const known = Math.max(1, total ?? 2);
  const ahead = forward ?? (backward === undefined ? Math.ceil(known / 2) : Math.max(1, known - backward));
  return { forward: ahead, backward: backward ?? Math.max(1, known - ahead), assumed };
}

/** Metres of carriageway: as tagged, else lanes at the usual width of their class. A road of one lane for both directions stays narrow. */
export function widthOf(tags: Tags, name: RoadClass, lanes: Lanes): number {
  const tagged = /^(\d{1,2}(?:[.,]\d+)?)\s*m?$/.exec(tags.get("width") ?? "");
  if (tagged !== null) {
    const width = Number((tagged[1] ?? "").replace(",", "."));
    if (width >= 2 && width <= 60) return width;
  }
  const both = lanes.forward > 0 && lanes.backward > 0;
  if (both && tags.get("lanes") === "1") return 4;
  switch (name) {
    case "service":
      if (tags.get("service") === "driveway") return 3;
      return both ? 5 : 3.5;
    case "living_street":
    case "road":
    case "residential":
    case "unclassified":
      return both
        ? Math.max(5.5, (lanes.forward + lanes.backward) * 3)
        : Math.max(4, lanes.forward * 3 + lanes.backward * 3);
    case "motorway":
    case "trunk":
      return (lanes.forward + lanes.backward) * 3.5 + 1;
    case "motorway_link":
    case "trunk_link":
    case "primary_link":
    case "secondary_link":
    case "tertiary_link":
      return Math.max(4.5, (lanes.forward + lanes.backward) * 3.5);
    case "tertiary":
    case "secondary":
    case "primary":
      return Math.max(4, (lanes.forward + lanes.backward) * 3.25);
  }
}
