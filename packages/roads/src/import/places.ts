import type { NamedPlace } from "../city.ts";
import { toDegrees } from "../geometry.ts";
import { categoryOf } from "../place/categories.ts";
import type { MapData, Tags } from "./map-data.ts";

/** More places than a big city has; what comes on top is left out. */
const mostPlaces = 400_000;

const settlements = new Set(
  "city town village suburb borough quarter neighbourhood hamlet island square locality".split(" "),
);
/** Points people look for by name although they are no category. */
const namedKeys = ["amenity", "shop", "tourism", "leisure", "historic", "office", "railway", "aeroway"] as const;
const notWorthNaming = new Set(
  "bench waste_basket parking_space bicycle_parking telephone post_box vending_machine artwork information".split(" "),
);
const otherNames = ["name:en", "name:zh", "int_name", "alt_name", "short_name", "official_name", "brand", "operator"];
/** What a charging planner needs to know of a station; its sockets come on top. */
const chargerKeys = /^(socket:|capacity$|operator$|fee$|charge$|access$|maxpower$|motorcar$|charging_station:output$)/;

/** Nodes worth keeping although no way runs through them. */
export function isPlace(tags: Tags): boolean {
  return tags.has("name") || tags.has("addr:housenumber") || categoryOf(tags) !== undefined;
}

function kindOf(tags: Tags): string | undefined {
  const place = tags.get("place");
  if (place !== undefined && settlements.has(place)) return place;
  if (tags.get("tram") === "yes") return "tram_stop";
  if (tags.get("highway") === "bus_stop" || tags.get("public_transport") === "platform") {
    // Platforms of one letter are only bays of a stop.
    return (tags.get("name")?.length ?? 0) > 2 ? "bus_stop" : undefined;
  }
  for (const key of namedKeys) {
    const value = tags.get(key);
    if (value !== undefined && value !== "no" && !notWorthNaming.has(value)) return key === "shop" ? "shop" : value;
  }
  return undefined;
}

function aliasOf(tags: Tags, name: string): string {
  const aliases = otherNames.flatMap((key) => tags.get(key) ?? []).filter((alias) => alias !== name);
  return [...new Set(aliases)].join(";");
}

function chargerTags(tags: Tags): NonNullable<NamedPlace["tags"]> {
  return Object.fromEntries([...tags].filter(([key]) => chargerKeys.test(key)));
}

/** What one tagged point or building is to somebody who looks for it. */
function placesOf(tags: Tags, lat: number, lon: number): readonly NamedPlace[] {
  const found: NamedPlace[] = [];
  const street = tags.get("addr:street") ?? tags.get("addr:place");
  const number = tags.get("addr:housenumber");
  const address = street === undefined || number === undefined ? {} : { street, number };
  const known = categoryOf(tags);
  const name = tags.get("name") ?? (known === undefined ? "" : (tags.get("brand") ?? tags.get("operator") ?? ""));
  const kind = known?.kind ?? kindOf(tags);
  if (kind !== undefined && (name !== "" || known !== undefined) && tags.get("access") !== "private") {
    const alias = aliasOf(tags, name);
    found.push({
      name,
      kind,
      lat,
      lon,
      ...(known === undefined ? {} : { category: known.category }),
      ...(alias === "" ? {} : { alias }),
      ...(known?.category === "charging" ? { tags: chargerTags(tags) } : {}),
      ...address,
    });
  } else if (street !== undefined && number !== undefined) {
    found.push({ name: `${street} ${number}`, kind: "address", lat, lon, street, number });
  }
  return found;
}

/** Everything on a map somebody may look for: settlements, stops, shops and other points of interest, chargers, addresses. */
export function readPlaces(map: MapData): readonly NamedPlace[] {
  const places: NamedPlace[] = [];
  const { pointX, pointY } = map;
  for (const [point, tags] of map.pointTags) {
    if (places.length >= mostPlaces) return places;
    places.push(...placesOf(tags, toDegrees(pointY[point]), toDegrees(pointX[point])));
  }
  for (const { tags, points } of map.ways) {
    if (places.length >= mostPlaces) return places;
    if (tags.has("highway") || points.length === 0) continue;
    let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
    for (const point of points) {
      west = Math.min(west, pointX[point]);
      east = Math.max(east, pointX[point]);
      south = Math.min(south, pointY[point]);
      north = Math.max(north, pointY[point]);
    }
    places.push(...placesOf(tags, toDegrees((south + north) / 2), toDegrees((west + east) / 2)));
  }
  return places;
}
