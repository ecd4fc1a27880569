import { openCity } from "@caravan/roads";
import { encodeCity, importCity } from "@caravan/roads/importing";
import type { City } from "@caravan/roads";

import { CityMap } from "../journey/map/city-map.ts";
import type { AnswerTo, MapAnswer, MapQuestion, MapThread } from "../journey/map/questions.ts";

const south = 57.7;
const west = 11.95;
const degreesNorth = 200 / 111_195;
const degreesEast = degreesNorth / Math.cos((south * Math.PI) / 180);
const streets = 6;

/** For tests: a town of six streets from west to east and six from south to north, 200 m apart, with a limit of 50 km/h. */
export async function testCity(): Promise<City> {
  const features = Array.from({ length: 2 * streets }, (_, i) => {
    const goesEast = i < streets;
    const row = i % streets;
    return {
      type: "Feature",
      properties: { highway: "residential", name: `${goesEast ? "East" : "North"} Street ${row + 1}`, maxspeed: "50" },
      geometry: {
        type: "LineString",
        coordinates: Array.from({ length: streets }, (_, k) => {
          const corner = goesEast ? cornerOf(k, row) : cornerOf(row, k);
          return [corner.lon, corner.lat];
        }),
      },
    };
  });
  const city = await importCity(
    { kind: "geojson", value: { type: "FeatureCollection", features } },
    { name: "Gridtown" },
  );
  return openCity(encodeCity(city));
}

/** For tests: the crossing of the n-th street to the north and the n-th to the east, counted from 0. */
export function cornerOf(east: number, north: number): { readonly lat: number; readonly lon: number } {
  return { lat: south + north * degreesNorth, lon: west + east * degreesEast };
}

/** For tests: the map answered in the same thread. */
export function testMap(city: City, chargers?: string): MapThread {
  const cityMap = new CityMap({ city, chargers });
  return {
    hear: (picture) => {
      cityMap.hear(picture, picture.speeds[0]?.at ?? 0);
      while (cityMap.advance());
    },
    traffic: () => cityMap.known(),
    ask: async (question) => {
      const found = cityMap.answer(question);
      if (!isAnswerTo(question, found)) throw new Error("the map answered another question");
      return found;
    },
  };
}

function isAnswerTo<Question extends MapQuestion>(question: Question, answer: MapAnswer): answer is AnswerTo<Question> {
  return answer.kind === question.kind;
}
