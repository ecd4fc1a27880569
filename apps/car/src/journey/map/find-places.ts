import type { Engine, Router } from "@caravan/roads/routing";
import type { Search, SearchHit } from "@caravan/roads/places";

import type { MapHit, SearchQuestion } from "./questions.ts";

/** So many places of a kind are weighed by their detour. */
const mostWeighed = 1_000;

/** Places by what somebody typed or by their kind; on a way those first that cost the least time. */
export function findPlaces(
  search: Search,
  { text, category, near, limit, onWay }: SearchQuestion,
  roads: { readonly engine: Engine; readonly router: Router },
): readonly MapHit[] {
  const wanted = onWay === undefined ? limit : mostWeighed;
  const found =
    category !== undefined && near !== undefined ? search.near(category, near, wanted) : search.find(text, near, limit);
  return onWay === undefined ? found : byDetour(found, onWay, roads).slice(0, limit);
}

function byDetour(
  found: readonly SearchHit[],
  { from, to, avoid }: NonNullable<SearchQuestion["onWay"]>,
  { engine, router }: { readonly engine: Engine; readonly router: Router },
): readonly MapHit[] {
  const ends = router.place([from, to]);
  if (ends.kind !== "placed") return found;
  const [start, goal] = ends.stops;
  if (start === undefined || goal === undefined) return found;
  const places = found.map((hit) => router.near(hit, 1)[0]?.ends ?? []);
  const detours = engine.detours({ aim: "time", avoid }, start.ends, goal.ends, places);
  return found
    .map((hit, i): MapHit => {
      const detour = detours[i] ?? NaN;
      return Number.isNaN(detour) ? hit : { ...hit, detour: Math.round(detour) };
    })
    .toSorted((a, b) => (a.detour ?? Infinity) - (b.detour ?? Infinity));
}
