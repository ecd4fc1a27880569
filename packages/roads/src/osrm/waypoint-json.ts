import type { City } from "../city.ts";
import { toDegrees } from "../geometry.ts";
import type { RoadPoint } from "../place/road-point.ts";
import type { JsonText } from "./json-text.ts";

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/** Whole numbers of 32 bits in the alphabet of base64 that URLs allow (RFC 4648, section 5), padded. */
function base64(words: readonly number[]): string {
  const bytes = words.flatMap((word) => [word & 255, (word >>> 8) & 255, (word >>> 16) & 255, (word >>> 24) & 255]);
  let text = "";
  for (let i = 0; i < bytes.length; i += 3) {
    const [a = 0, b, c] = bytes.slice(i, i + 3);
    const bits = (a << 16) | ((b ?? 0) << 8) | (c ?? 0);
    text += alphabet.charAt(bits >>> 18) + alphabet.charAt((bits >>> 12) & 63);
    text += b === undefined ? "=" : alphabet.charAt((bits >>> 6) & 63);
    text += c === undefined ? "=" : alphabet.charAt(bits & 63);
  }
  return text;
}

/** FNV-1a of a text, to tell one map's hints from another's. */
export function fingerprint(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/** Where on the road a place lies, for clients to send back; finding the road again takes no longer than reading it. */
export function hintOf(map: number, at: RoadPoint): string {
  return base64([map, at.segment, at.x, at.y]);
}

/** The fields of a waypoint without its braces. */
export function writeWaypointFields(out: JsonText, city: City, map: number | undefined, at: RoadPoint): void {
  const { graph } = city;
  if (map !== undefined) out.add('"hint":').quoted(hintOf(map, at)).add(",");
  const name = graph.names[graph.wayName[graph.roadWay[at.road]]];
  out.add('"location":').location(toDegrees(at.x), toDegrees(at.y));
  out.add(',"name":').quoted(name).add(',"distance":').decimals(at.distance, 1e6);
}
