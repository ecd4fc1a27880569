import { placeCategories } from "@caravan/roads/places";
import type { NamedPlace } from "@caravan/roads";
import Type from "typebox";
import { Value } from "typebox/value";

import { parsed } from "../journey/map/parsed.ts";

const Extra = Type.Object({
  lat: Type.Number({ minimum: -90, maximum: 90 }),
  lon: Type.Number({ minimum: -180, maximum: 180 }),
  name: Type.String({ maxLength: 200 }),
  kind: Type.String({ maxLength: 80 }),
  category: Type.Optional(Type.Enum([...placeCategories])),
  street: Type.Optional(Type.String({ maxLength: 200 })),
  simulated: Type.Optional(Type.Literal(true)),
});

/** More places than a city has. */
const mostPlaces = 20_000;

/** Places stored beside a city's map, as JSON; what is none is left out. */
export function readPlaces(text: string | undefined): readonly NamedPlace[] {
  const value = parsed(text);
  if (!Array.isArray(value)) return [];
  return value.slice(0, mostPlaces).flatMap((place: unknown) => (Value.Check(Extra, place) ? [place] : []));
}
