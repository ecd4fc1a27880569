import fc from "fast-check";
import { expect, test } from "vitest";
import { defaultCity } from "../../test/default-city.ts";
import { placeAt, smallCity } from "../../test/small-map.ts";
import type { City } from "../city.ts";
import { createEngine } from "../engine/engine.ts";
import { createMatcher } from "../match/matcher.ts";
import { createSearch } from "../place/search.ts";
import { createRouter } from "../route/router.ts";
import { createOsrm } from "./osrm.ts";
import { decodePolyline } from "./polyline.ts";

const read = (body: Uint8Array) => JSON.parse(new TextDecoder().decode(body));

function osrmOf(city: City) {
  const engine = createEngine(city);
  return createOsrm({
    city,
    engine,
    router: createRouter(city, engine),
    matcher: createMatcher(city),
    search: () => createSearch(city),
  });
}

const small = osrmOf(
  smallCity({
    nodes: { w: [-200, 0], m: [0, 0], e: [200, 0], s: [0, -200], n: [0, 200], i: [5_000, 0], j: [5_200, 0] },
    ways: [
      { nodes: "w m", tags: { name: "Ett", ref: "40" } },
      { nodes: "m e", tags: { name: "Två" } },
      { nodes: "s m", tags: { name: "Tre" } },
      { nodes: "m n", tags: { name: "Fyra" } },
      { nodes: "i j", tags: { name: "Ön" } },
    ],
  }),
);
const at = (east: number, north: number) => {
  const { lon, lat } = placeAt(east, north);
  return `${lon.toFixed(6)},${lat.toFixed(6)}`;
};
const ask = (path: string) => {
  const { status, body } = small.answer(path);
  return { status, ...read(body) };
};
const south = at(0, -150);
const west = at(-150, 0);
const north = at(0, 150);
const island = at(5_100, 0);

test("a route has the shape of OSRM's: steps with manoeuvres and intersections, annotations, waypoints", () => {
  const route = ask(
    `/route/v1/driving/${south};${west}?steps=true&annotations=true&geometries=geojson&overview=full&alternatives=true`,
  );
  expect(route).toMatchObject({ status: 200, code: "Ok", data_version: "1" });
  expect(route.waypoints).toEqual([
    {
      hint: expect.stringMatching(/^[\w-]{22}==$/),
      location: [expect.any(Number), expect.any(Number)],
      name: "Tre",
      distance: expect.closeTo(0, 0),
    },
    expect.objectContaining({ name: "Ett" }),
  ]);
  const [{ legs, ...whole }] = route.routes;
  expect(whole).toMatchObject({ distance: expect.closeTo(300, 0), weight_name: "routability" });
  const [{ steps, annotation, summary }] = legs;
  expect(summary).toBe("Tre, Ett");
  expect(steps.map((step: { name: string }) => step.name)).toEqual(["Tre", "Ett", "Ett"]);
  expect(steps[1]).toMatchObject({
    mode: "driving",
    driving_side: "right",
    ref: "40",
    distance: expect.closeTo(150, 0),
    maneuver: { type: "turn", modifier: "left", bearing_before: 0, bearing_after: 270 },
    intersections: [{ in: 2, out: 3, bearings: [0, 90, 180, 270], entry: [true, true, false, true] }],
  });
  expect(steps[2]).toMatchObject({ distance: 0, duration: 0, maneuver: { type: "arrive", bearing_after: 0 } });
  const sum = (list: readonly number[]) => list.reduce((a, b) => a + b, 0);
  expect(sum(annotation.distance)).toBeCloseTo(whole.distance, 0);
  expect(annotation.nodes).toEqual([4, 2, 1]);
  for (const key of ["distance", "duration", "speed", "weight", "datasources"]) expect(annotation[key]).toHaveLength(2);
  expect(sum(steps.map((step: { duration: number }) => step.duration))).toBeCloseTo(whole.duration, 0);
});

test.each([
  ["/", "InvalidUrl", 'URL string malformed close to position 1: "/"'],
  [`/foo/v1/driving/${south};${north}`, "InvalidService", "Service foo not found!"],
  [`/route/v2/driving/${south};${north}`, "InvalidVersion", "Service route not found!"],
  ["/route/v1/driving/a;3,4", "InvalidQuery", "Query string malformed close to position 18"],
  ["/route/v1/driving/120;3,4", "InvalidQuery", "Query string malformed close to position 21"],
  ["/route/v1/driving/1,2;3,4.unsupported", "InvalidQuery", "Query string malformed close to position 25"],
  ["/route/v1/driving/1,2;3,4?overview=false&bla=foo", "InvalidQuery", "Query string malformed close to position 40"],
  ["/route/v1/driving/1,2;3,4?overview=false&hints=foo", "InvalidQuery", "Query string malformed close to position 47"],
  ["/route/v1/driving/1,2", "InvalidOptions", "Number of coordinates needs to be at least two."],
  [
    "/route/v1/driving/1,2;3,4?bearings=1,2",
    "InvalidOptions",
    "Number of elements in bearings size 1 does not match coordinate size 2",
  ],
  ["/route/v1/driving/1,2;3,4?exclude=boat", "InvalidValue", "Exclude flag combination is not supported."],
  ["/route/v1/driving/200,2;3,4", "InvalidValue", "Invalid coordinate value."],
  [
    `/route/v1/driving/${south};50,50?radiuses=10;10`,
    "NoSegment",
    "Could not find a matching segment for coordinate 1",
  ],
  [`/route/v1/driving/${south};${island}`, "NoRoute", "Impossible route between points"],
  [`/nearest/v1/driving/${south};${north}`, "InvalidOptions", "Only one input coordinate is supported"],
  [
    `/match/v1/driving/${south};${north}?timestamps=2;1`,
    "InvalidValue",
    "Timestamps need to be monotonically increasing.",
  ],
  [`/trip/v1/driving/${south};${island}`, "NoTrips", "No trip visiting all destinations possible."],
  [
    `/trip/v1/driving/${south};${north}?roundtrip=false&source=first`,
    "NotImplemented",
    "This request is not supported",
  ],
  ["/tile/v1/driving/tile(1,2,3).mvt", "NotImplemented", expect.any(String)],
  [`/table/v1/driving/${Array.from({ length: 101 }, () => south).join(";")}`, "TooBig", "Too many table coordinates"],
  [`/trip/v1/driving/${Array.from({ length: 101 }, () => south).join(";")}`, "TooBig", "Too many trip coordinates"],
  [
    `/route/v1/driving/${Array.from({ length: 101 }, () => south).join(";")}`,
    "TooBig",
    "Number of entries 101 is higher than current maximum (100)",
  ],
  [
    `/route/v1/driving/${Array.from({ length: 51 }, () => south).join(";")}?steps=true`,
    "TooBig",
    "Number of entries 51 is higher than current maximum (50)",
  ],
] as const)("%s is refused as %s", (path, code, message) => {
  expect(ask(path)).toEqual({ status: 400, code, message });
});

test("coordinates may come as an encoded polyline, and the geometry goes back as one", () => {
  const { lat, lon } = placeAt(0, -150);
  const route = ask(`/route/v1/driving/${south};${west}.json?geometries=polyline6&overview=full`);
  const line = decodePolyline(route.routes[0].geometry, 6) ?? [];
  expect(line).toHaveLength(6);
  expect(line[0]).toBeCloseTo(lon, 5);
  expect(line[1]).toBeCloseTo(lat, 5);
  const again = ask(`/route/v1/driving/polyline6(${encodeURIComponent(route.routes[0].geometry)})?overview=false`);
  expect(again.routes[0].legs).toHaveLength(2);
  expect(again.routes[0].geometry).toBeUndefined();
});

test("a table has a row for each source and a column for each destination; what cannot be reached is null or estimated", () => {
  const path = `/table/v1/driving/${south};${north};${island}`;
  const table = ask(`${path}?annotations=duration,distance&sources=0;2&destinations=1;2`);
  expect(table.distances).toEqual([
    [expect.closeTo(300, 0), null],
    [null, 0],
  ]);
  expect(table.sources).toHaveLength(2);
  const estimated = ask(`${path}?fallback_speed=10&annotations=distance`);
  expect(estimated.durations).toBeUndefined();
  expect(estimated.distances[0][2]).toBeCloseTo(5_100, -2);
  expect(estimated.fallback_speed_cells).toContainEqual([0, 2]);
});

test("the nearest roads come by distance, each once", () => {
  const { waypoints } = ask(`/nearest/v1/driving/${at(10, -20)}?number=3`);
  expect(waypoints.map(({ name }: { name: string }) => name)).toEqual(["Tre", "Två", "Ett"]);
  expect(waypoints[0].distance).toBeCloseTo(10, 0);
});

test("a trip visits every place in the best order and comes back", () => {
  const { trips, waypoints } = ask(`/trip/v1/driving/${south};${north};${west}?overview=false`);
  expect(trips[0].legs).toHaveLength(3);
  expect(waypoints.map(({ waypoint_index: index }: { waypoint_index: number }) => index).toSorted()).toEqual([0, 1, 2]);
  const oneWay = ask(`/trip/v1/driving/${south};${north};${west}?roundtrip=false&source=first&destination=last`);
  expect(oneWay.trips[0].legs).toHaveLength(2);
});

test("a trace is matched to the roads, with a leg between each two points", () => {
  const trace = [-150, -100, -50].map((y) => at(2, y));
  const { matchings, tracepoints } = ask(`/match/v1/driving/${trace.join(";")}?steps=true&timestamps=0;5;10`);
  expect(matchings[0]).toMatchObject({ confidence: expect.any(Number), distance: expect.closeTo(100, 0) });
  expect(matchings[0].legs).toHaveLength(2);
  expect(tracepoints.map((point: { name: string }) => point.name)).toEqual(["Tre", "Tre", "Tre"]);
  expect(ask(`/match/v1/driving/${at(900, 900)};${at(950, 900)}`).code).toBe("NoSegment");
});

test("the default city answers with routes whose parts agree, in every direction over it", async () => {
  const city = await defaultCity();
  const osrm = osrmOf(city);
  const [w, s, e, n] = city.bounds;
  const share = fc.tuple(
    fc.double({ min: 0.3, max: 0.7, noNaN: true }),
    fc.double({ min: 0.3, max: 0.7, noNaN: true }),
  );
  const place = ([x, y]: readonly [number, number]) =>
    `${(w + x * (e - w)).toFixed(6)},${(s + y * (n - s)).toFixed(6)}`;
  fc.assert(
    fc.property(share, share, (from, to) => {
      const { body } = osrm.answer(
        `/route/v1/driving/${place(from)};${place(to)}?steps=true&annotations=true&geometries=geojson&overview=full&banner_instructions=true&voice_instructions=true`,
      );
      const answer = read(body);
      if (answer.code === "NoRoute") return;
      expect(answer.code).toBe("Ok");
      const [route] = answer.routes;
      const [leg] = route.legs;
      expect(leg.steps[0].maneuver.type).toBe("depart");
      expect(leg.steps.at(-1).maneuver.type).toBe("arrive");
      let metres = 0;
      for (const [i, step] of leg.steps.entries()) {
        metres += step.distance;
        const next = leg.steps[i + 1];
        if (next === undefined) break;
        expect(step.geometry.coordinates.at(-1)).toEqual(next.geometry.coordinates[0]);
        expect(step.intersections[0].location).toEqual(step.maneuver.location);
        for (const { in: from_, out, bearings, entry } of step.intersections) {
          expect(entry).toHaveLength(bearings.length);
          expect(out).toBeLessThan(bearings.length);
          expect(from_ ?? 0).toBeGreaterThanOrEqual(0);
          expect(entry[out]).toBe(true);
        }
      }
      expect(metres).toBeCloseTo(route.distance, -1);
      expect(leg.annotation.nodes).toHaveLength(leg.annotation.distance.length + 1);
      expect(route.geometry.coordinates).toHaveLength(leg.annotation.distance.length + 1);
    }),
    { numRuns: 12 },
  );
});

test("isochrones are rings around where one starts, the wider the longer", async () => {
  const city = await defaultCity();
  const osrm = osrmOf(city);
  const { lon, lat } = city.centre;
  const { features } = read(osrm.answer(`/isochrone/v1/driving/${lon},${lat}?contours_minutes=2,4`).body);
  expect(features.map((one: { properties: { contour: number } }) => one.properties.contour)).toEqual([4, 2]);
  const width = (feature: { geometry: { coordinates: number[][][][] } }) => {
    const all = feature.geometry.coordinates.flat(2).map(([x]) => x ?? 0);
    return Math.max(...all) - Math.min(...all);
  };
  expect(width(features[0])).toBeGreaterThan(width(features[1]));
  expect(ask("/isochrone/v1/driving/1,2")).toMatchObject({ status: 400, code: "InvalidOptions" });
});

test("search answers in GeoJSON, best first", () => {
  const found = ask(`/search?q=fyra&near=${south}`);
  expect(found).toMatchObject({
    type: "FeatureCollection",
    features: [{ properties: { name: "Fyra", kind: "street" } }],
  });
  expect(ask("/search?q=")).toMatchObject({ status: 400, code: "InvalidOptions" });
});

test("whatever address somebody asks, the answer is JSON with a code, and never a fault", () => {
  const option = fc.tuple(
    fc.constantFrom(
      "steps",
      "annotations",
      "bearings",
      "radiuses",
      "hints",
      "exclude",
      "overview",
      "sources",
      "waypoints",
      "x",
    ),
    fc.oneof(
      fc.string(),
      fc.constantFrom("true", "0;1", "1,2;3,4", ";", "unlimited;5", "toll,ferry", "999999999999999999"),
    ),
  );
  const path = fc.tuple(
    fc.oneof(fc.constantFrom("route", "nearest", "table", "match", "trip", "isochrone", "search"), fc.string()),
    fc.oneof(fc.constantFrom("v1", "v9", ""), fc.string()),
    fc.oneof(fc.constantFrom(`${south};${north}`, south, "1,2;3,4", "polyline(_p~iF~ps|U)", "polyline("), fc.string()),
    fc.array(option, { maxLength: 3 }),
  );
  fc.assert(
    fc.property(path, ([service, version, places, options]) => {
      const query = options.map(([name, value]) => `${name}=${value}`).join("&");
      const { status, body } = small.answer(`/${service}/${version}/driving/${places}?${query}`);
      const answer = read(body);
      expect([200, 400]).toContain(status);
      if (status === 400)
        expect(answer).toEqual({ code: expect.stringMatching(/^[A-Z][A-Za-z]+$/), message: expect.any(String) });
    }),
    { numRuns: 300 },
  );
});
