import { EmptyState, Icon, IconButton, ListRow, Sheet, Skeleton, useScreen, type IconName } from "@caravan/ui";
import type { Place, SavedPlace } from "@caravan/link";
import { useEffect, useState, type ReactElement } from "react";
import { useCar, useCarState, useIsRestricted } from "../../car/context.tsx";
import { useLayout } from "../../shell/layout.ts";
import { useSaving } from "../../shell/saving.ts";
import type { SheetFrame } from "../../shell/sheet-frame.ts";
import { TypedField } from "../../shell/typed-field.tsx";
import { errorSentence } from "../../words/why.ts";
import { useSay } from "../../words/words.ts";

/** A pause in typing long enough to ask. */
const pauseMs = 180;
const mostTyped = 80;

type Results =
  | { readonly kind: "none" }
  | { readonly kind: "searching" }
  | { readonly kind: "found"; readonly text: string; readonly places: readonly Place[] }
  | { readonly kind: "failed"; readonly sentence: string };

/** Where to: search, home, work, favourites and the last places. */
export function SearchScreen(props: {
  readonly frame: SheetFrame;
  readonly onPlace: (place: Place) => void;
}): ReactElement {
  const say = useSay();
  const isRestricted = useIsRestricted();
  const [text, setText] = useState("");
  const hasKnown = useCarState((state) => state.places.length + state.recent.length > 0);
  const results = useResults(isRestricted ? "" : text.trim());
  const pick = (place: Place) => props.onPlace(place);
  return (
    <Sheet {...props.frame} title={say.search} closeLabel={say.close}>
      {isRestricted ? null : (
        <TypedField
          label={say.searchHint}
          icon="search"
          value={text}
          onChange={setText}
          onSubmit={() => {
            const first = results.kind === "found" ? results.places[0] : undefined;
            if (first !== undefined && results.kind === "found" && results.text === text.trim()) pick(first);
          }}
          clearLabel={say.clearText}
          maxLength={mostTyped}
          keysWait={hasKnown}
        />
      )}
      <div className="rows" aria-live="polite">
        {isRestricted || text.trim() === "" ? (
          <KnownPlaces isRestricted={isRestricted} onPlace={pick} />
        ) : (
          <Found results={results} onPlace={pick} />
        )}
      </div>
    </Sheet>
  );
}

function useResults(text: string): Results {
  const car = useCar();
  const say = useSay();
  const [last, setLast] = useState<Results>({ kind: "none" });
  useEffect(() => {
    if (text === "") return;
    let isOld = false;
    const timer = setTimeout(() => {
      void car.search(text).then((answer) => {
        if (isOld) return;
        if (answer.kind === "ok") setLast({ kind: "found", text, places: answer.value.slice(0, 6) });
        else setLast({ kind: "failed", sentence: errorSentence(say, answer) });
      });
    }, pauseMs);
    return () => {
      isOld = true;
      clearTimeout(timer);
    };
  }, [text, car, say]);
  if (text === "") return { kind: "none" };
  // What was found for fewer letters stays until the new answer is there: rows that blink cannot be read.
  return last.kind === "none" ? { kind: "searching" } : last;
}

function Found(props: { readonly results: Results; readonly onPlace: (place: Place) => void }): ReactElement {
  const say = useSay();
  const { results } = props;
  switch (results.kind) {
    case "none":
    case "searching":
      return <Skeleton label={say.searching} rows={3} />;
    case "failed":
      return <EmptyState icon="warning" title={results.sentence} />;
    case "found":
      if (results.places.length === 0)
        return <EmptyState icon="search" title={say.noResults({ text: results.text })} />;
      return (
        <ul className="list" aria-label={say.results}>
          {results.places.map((place) => (
            <li key={`${place.lat} ${place.lon} ${place.name}`}>
              <PlaceRow place={place} icon="pin" title={place.name} onPlace={props.onPlace} />
            </li>
          ))}
        </ul>
      );
  }
}

function PlaceRow(props: {
  readonly place: Place;
  readonly icon: IconName;
  readonly title: string;
  readonly detail?: string;
  readonly onPlace: (place: Place) => void;
}): ReactElement {
  const detail = props.detail ?? props.place.detail;
  return (
    <ListRow
      icon={props.icon}
      title={props.title}
      {...(detail === undefined || detail === "" ? {} : { detail })}
      onPress={() => props.onPlace(props.place)}
    />
  );
}

interface KnownRow {
  readonly key: string;
  readonly place: Place;
  readonly icon: IconName;
  readonly title: string;
  readonly detail?: string;
  readonly saved?: SavedPlace;
}

function KnownPlaces(props: {
  readonly isRestricted: boolean;
  readonly onPlace: (place: Place) => void;
}): ReactElement {
  const say = useSay();
  const car = useCar();
  const layout = useLayout();
  const saving = useSaving();
  const { language } = useScreen();
  const places = useCarState((state) => state.places);
  const recent = useCarState((state) => state.recent);
  const rows: KnownRow[] = [];
  for (const kind of ["home", "work"] as const) {
    const place = places.find((saved) => saved.kind === kind);
    if (place !== undefined)
      rows.push({ key: kind, place, icon: kind, title: say[kind], detail: place.name, saved: place });
  }
  const favourites = places
    .filter(({ kind }) => kind === "favourite")
    .toSorted((a, b) => a.name.localeCompare(b.name, language));
  for (const place of favourites) rows.push({ key: place.id, place, icon: "star", title: place.name, saved: place });
  for (const [index, place] of recent.entries()) {
    rows.push({ key: `recent ${index}`, place, icon: "clock", title: place.name });
  }
  const shown = props.isRestricted ? rows.slice(0, layout.rows) : rows.slice(0, 50);
  if (shown.length === 0) {
    return <EmptyState icon="star" title={props.isRestricted ? say.noPlacesMoving : say.noPlaces} />;
  }
  return (
    <>
      <ul className="list" aria-label={say.favourites}>
        {shown.map((row) => (
          <li key={row.key} className="list-line">
            <PlaceRow
              place={row.place}
              icon={row.icon}
              title={row.title}
              {...(row.detail === undefined ? {} : { detail: row.detail })}
              onPlace={props.onPlace}
            />
            {props.isRestricted || row.saved === undefined ? null : (
              <RemoveButton name={row.title} saved={row.saved} onRemove={saving.remove} />
            )}
          </li>
        ))}
      </ul>
      {props.isRestricted ? (
        <p className="quiet small note">
          <Icon name="info" size="32px" /> {say.keyboardParked}
        </p>
      ) : null}
      {props.isRestricted || recent.length === 0 ? null : (
        <ListRow icon="bin" title={say.clearRecent} onPress={() => void car.clearRecent()} />
      )}
    </>
  );
}

function RemoveButton(props: {
  readonly name: string;
  readonly saved: SavedPlace;
  readonly onRemove: (place: SavedPlace) => void;
}): ReactElement {
  const say = useSay();
  return <IconButton icon="bin" label={say.remove({ name: props.name })} onPress={() => props.onRemove(props.saved)} />;
}
