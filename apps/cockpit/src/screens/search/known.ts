import type { Place, SavedPlace } from "@caravan/link";
import { useScreen, type IconName } from "@caravan/ui";
import { useCarState } from "../../car/context.tsx";
import { isSameSpot } from "../../shell/saving.ts";
import { useSay } from "../../words/words.ts";

/** A place that the car knows without a search. */
export interface Known {
  readonly key: string;
  readonly place: Place;
  readonly icon: IconName;
  readonly title: string;
  readonly detail?: string;
  readonly saved?: SavedPlace;
}

/** Home, work, favourites by name, then where one was last, each spot once. */
export function useKnown(): readonly Known[] {
  const say = useSay();
  const { language } = useScreen();
  const places = useCarState((state) => state.places);
  const recent = useCarState((state) => state.recent);
  const known: Known[] = [];
  for (const kind of ["home", "work"] as const) {
    const place = places.find((saved) => saved.kind === kind);
    if (place !== undefined)
      known.push({ key: kind, place, icon: kind, title: say[kind], detail: place.name, saved: place });
  }
  const favourites = places
    .filter(({ kind }) => kind === "favourite")
    .toSorted((a, b) => a.name.localeCompare(b.name, language));
  for (const place of favourites) known.push({ key: place.id, place, icon: "star", title: place.name, saved: place });
  for (const [index, place] of recent.entries()) {
    if (known.some((each) => isSameSpot(each.place, place))) continue;
    known.push({ key: `recent ${index}`, place, icon: "clock", title: place.name });
  }
  return known;
}
