import type { FoundPlace, PlaceCategory } from "@caravan/link";
import { EmptyState, ListRow, Skeleton, useScreen } from "@caravan/ui";
import type { ReactElement } from "react";
import { plainName } from "../../words/plain-name.ts";
import { detourTime } from "../../words/time-difference.ts";
import { useSay } from "../../words/words.ts";
import { categoryIcon, categoryWord, foundIcon, foundWord } from "./categories.ts";
import type { Results } from "./use-results.ts";

/** What was found, best first: what it is, how far, and on a route what going there costs. */
export function Found(props: {
  readonly results: Results;
  readonly category: PlaceCategory | undefined;
  readonly most: number;
  readonly onPlace: (place: FoundPlace) => void;
}): ReactElement {
  const say = useSay();
  const { results, category } = props;
  switch (results.kind) {
    case "none":
    case "searching":
      return <Skeleton label={say.searching} rows={3} />;
    case "failed":
      return <EmptyState icon="warning" title={results.sentence} />;
    case "found":
      if (results.places.length === 0) {
        return category === undefined ? (
          <EmptyState icon="search" title={say.noResults({ text: results.text })} />
        ) : (
          <EmptyState
            icon={categoryIcon(category)}
            title={say.nothingNear({ what: categoryWord(say, category).toLowerCase() })}
          />
        );
      }
      return (
        <ul className="list" aria-label={say.results}>
          {results.places.slice(0, props.most).map((place) => (
            <li key={`${place.lat} ${place.lon} ${place.name}`}>
              <FoundRow place={place} onPlace={props.onPlace} />
            </li>
          ))}
        </ul>
      );
  }
}

function FoundRow(props: { readonly place: FoundPlace; readonly onPlace: (place: FoundPlace) => void }): ReactElement {
  const say = useSay();
  const { formats } = useScreen();
  const { place } = props;
  const detail = [place.simulated === true ? say.simulated : "", place.detail ?? foundWord(say, place)]
    .filter((part) => part !== "")
    .join(" · ");
  return (
    <ListRow
      icon={foundIcon(place)}
      title={plainName(place.name, place.simulated === true)}
      {...(detail === "" ? {} : { detail })}
      trailing={
        <span className="found-far">
          {place.detour === undefined ? null : (
            <strong className="found-detour">{detourTime(say, formats, place.detour)}</strong>
          )}
          {place.distance === undefined ? null : <span>{formats.distance(place.distance)}</span>}
        </span>
      }
      onPress={() => props.onPlace(place)}
    />
  );
}
