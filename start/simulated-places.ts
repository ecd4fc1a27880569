import { nearestEdge, placeCategories } from "@caravan/roads/places";
import type { City, LatLon, NamedPlace } from "@caravan/roads";
import type { PlaceCategory } from "@caravan/roads/places";

/** What a simulated city needs to be lived in, and how many of each. Only categories the map has nothing of are made up. */
const wanted: Readonly<Partial<Record<PlaceCategory, { readonly count: number; readonly kind: string }>>> = {
  charging: { count: 16, kind: "charging_station" },
  parking: { count: 12, kind: "parking" },
  coffee: { count: 14, kind: "cafe" },
  food: { count: 12, kind: "restaurant" },
  groceries: { count: 10, kind: "supermarket" },
  fuel: { count: 8, kind: "fuel" },
};

const words: Readonly<Partial<Record<PlaceCategory, readonly [english: string, chinese: string]>>> = {
  charging: ["charger", "充电站"],
  parking: ["car park", "停车场"],
  coffee: ["coffee", "咖啡"],
  food: ["restaurant", "餐厅"],
  groceries: ["groceries", "超市"],
  fuel: ["filling station", "加油站"],
};

const han = /\p{Script=Han}/u;

/** Charging powers in W as they are found along streets and main roads, dealt out in turn. */
const powers = [150_000, 50_000, 22_000, 300_000] as const;

/** Places are put this far from the middle of the road, in metres. */
const besideRoad = 14;
const metresPerDegree = 111_195;

/** Points tried for each place; a city that is mostly water gets fewer places. */
const triesEach = 8;

/** Evenly spread over the middle of the city, the same each time (Weyl sequence). */
function spread(city: City, i: number): LatLon {
  const [west, south, east, north] = city.bounds;
  const x = (0.5 + i * 0.7548776662466927) % 1;
  const y = (0.5 + i * 0.5698402909980532) % 1;
  return { lon: west + (0.15 + 0.7 * x) * (east - west), lat: south + (0.15 + 0.7 * y) * (north - south) };
}

/** A kerb beside a named street near a point; undefined where there is none. */
function kerbNear(city: City, point: LatLon): (LatLon & { readonly street: string }) | undefined {
  const snap = nearestEdge(city, point, { radius: 400 });
  if (snap === undefined || snap.street === "" || snap.class === "motorway" || snap.class === "motorway_link") {
    return undefined;
  }
  const side = city.drivingSide === "right" ? 90 : -90;
  const bearing = ((snap.heading + side) * Math.PI) / 180;
  const lat = snap.lat + (besideRoad * Math.cos(bearing)) / metresPerDegree;
  const perLon = metresPerDegree * Math.cos((snap.lat * Math.PI) / 180);
  return { lat, lon: snap.lon + (besideRoad * Math.sin(bearing)) / perLon, street: snap.street };
}

/** Simulated shops, car parks and chargers for what the map has none of, each beside a real street and named as simulated. */
export function simulatedPlaces(city: City): readonly NamedPlace[] {
  const places: NamedPlace[] = [];
  let next = 0;
  for (const category of placeCategories) {
    const want = wanted[category];
    const word = words[category];
    if (want === undefined || word === undefined || city.places.some((place) => place.category === category)) continue;
    const streets = new Set<string>();
    for (let tries = 0; tries < want.count * triesEach && streets.size < want.count; tries++) {
      const at = kerbNear(city, spread(city, next++));
      if (at === undefined || streets.has(at.street)) continue;
      streets.add(at.street);
      const english = `${at.street} ${word[0]} (simulated)`;
      const chinese = `${at.street}${word[1]}（模拟）`;
      // As a real place would be named there: in the writing of its street.
      const [name, alias] = han.test(at.street) ? [chinese, english] : [english, chinese];
      places.push({
        name,
        alias,
        kind: want.kind,
        category,
        lat: at.lat,
        lon: at.lon,
        street: at.street,
        simulated: true,
      });
    }
  }
  return places;
}

/** The chargers among simulated places as an operator would publish them: locations and tariffs of OCPI 2.2.1. */
export function simulatedChargers(places: readonly NamedPlace[], city: City, now: Date) {
  const last_updated = now.toISOString();
  const chargers = places.filter(({ category }) => category === "charging");
  const tariffs = [
    { id: "AC", price: 0.39 },
    { id: "DC", price: 0.55 },
  ].map(({ id, price }) => ({
    country_code: "ZZ",
    party_id: "SIM",
    id,
    currency: "EUR",
    elements: [{ price_components: [{ type: "ENERGY", price, vat: 20, step_size: 1 }] }],
    last_updated,
  }));
  const locations = chargers.map((place, i) => {
    const power = powers[i % powers.length] ?? powers[0];
    const direct = power > 22_000;
    const connector = {
      id: "1",
      standard: direct ? "IEC_62196_T2_COMBO" : "IEC_62196_T2",
      format: direct ? "CABLE" : "SOCKET",
      power_type: direct ? "DC" : "AC_3_PHASE",
      max_voltage: direct ? 920 : 400,
      max_amperage: direct ? Math.round(power / 920) : 32,
      max_electric_power: power,
      tariff_ids: [direct ? "DC" : "AC"],
      last_updated,
    };
    return {
      country_code: "ZZ",
      party_id: "SIM",
      id: `SIM-${i + 1}`,
      publish: true,
      name: place.name,
      address: place.street ?? "",
      city: city.name,
      country: "ZZZ",
      coordinates: { latitude: place.lat.toFixed(6), longitude: place.lon.toFixed(6) },
      evses: [1, 2].map((point) => ({
        uid: `SIM-${i + 1}-${point}`,
        status: "AVAILABLE",
        connectors: [connector],
        last_updated,
      })),
      operator: { name: "Simulated operator" },
      time_zone: "UTC",
      last_updated,
    };
  });
  return { locations, tariffs };
}
