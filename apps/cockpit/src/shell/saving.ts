import type { Place, SavedPlace } from "@caravan/link";
import { useCar, useCarState } from "../car/context.tsx";
import { errorSentence } from "../words/why.ts";
import { useSay, type Say } from "../words/words.ts";
import { useNotices } from "./notices.tsx";

/** About a metre and a half: the same tap or the same search result. */
const sameDegrees = 1.5e-5;

export const isSameSpot = (a: Place, b: Place): boolean =>
  Math.abs(a.lat - b.lat) < sameDegrees && Math.abs(a.lon - b.lon) < 2 * sameDegrees;

/** What a saved place is called: its own name, or home and work in the driver's words. */
export function kindWord(say: Say, kind: SavedPlace["kind"]): string {
  switch (kind) {
    case "home":
      return say.home;
    case "work":
      return say.work;
    case "favourite":
      return say.favourite;
  }
}

/** Saving and removing of places, each with a way back. */
export function useSaving(): {
  readonly savedAs: (kind: SavedPlace["kind"], place: Place) => SavedPlace | undefined;
  readonly save: (kind: SavedPlace["kind"], place: Place) => void;
  readonly remove: (place: SavedPlace) => void;
} {
  const car = useCar();
  const say = useSay();
  const notify = useNotices();
  const places = useCarState((state) => state.places);

  const save = (kind: SavedPlace["kind"], place: Place) => {
    const { lat, lon, name, detail } = place;
    const before = kind === "favourite" ? undefined : places.find((saved) => saved.kind === kind);
    void car.savePlace(kind, detail === undefined ? { lat, lon, name } : { lat, lon, name, detail }).then((answer) => {
      if (answer.kind === "failed") {
        notify({ text: errorSentence(say, answer), tone: "caution" });
        return;
      }
      const { id } = answer.value;
      notify({
        text: say.saved({ name: kind === "favourite" ? name : kindWord(say, kind) }),
        tone: "good",
        icon: "check",
        undo: {
          label: say.undo,
          onPress: () => {
            if (before === undefined) void car.removePlace(id);
            else save(kind, before);
          },
        },
      });
    });
  };

  const remove = (place: SavedPlace) => {
    void car.removePlace(place.id).then((answer) => {
      if (answer.kind === "failed") notify({ text: errorSentence(say, answer), tone: "caution" });
      else {
        notify({
          text: say.removed({ name: place.kind === "favourite" ? place.name : kindWord(say, place.kind) }),
          undo: { label: say.undo, onPress: () => save(place.kind, place) },
        });
      }
    });
  };

  return {
    savedAs: (kind, place) => places.find((saved) => saved.kind === kind && isSameSpot(saved, place)),
    save,
    remove,
  };
}
