import { Icon, IconButton, ListRow, Sheet } from "@caravan/ui";
import type { FoundPlace, Place, PlaceCategory } from "@caravan/link";
import { useState, type ReactElement } from "react";
import { useCar, useCarState, useIsRestricted } from "../../car/context.tsx";
import { useLayout } from "../../shell/layout.ts";
import { useSaving } from "../../shell/saving.ts";
import type { SheetFrame } from "../../shell/sheet-frame.ts";
import { TypedField } from "../../shell/typed-field.tsx";
import { useSay } from "../../words/words.ts";
import { categoryWord } from "./categories.ts";
import { Found } from "./found.tsx";
import { useKnown, type Known } from "./known.ts";
import { CategoryTiles, KnownTiles } from "./tiles.tsx";
import { useResults } from "./use-results.ts";

const mostTyped = 80;
/** Known places beside the categories while the car moves: two rows of two. */
const mostTiles = 4;
/** On a glass as small as a hand there is room for a row of known places and three of kinds, without scrolling. */
const mostTilesOnHand = 2;
const mostOnHand = 9;
const mostKnown = 50;

/** Where to: words, kinds of places, and what is known already. With `isStop` for a stop on the route. */
export function SearchScreen(props: {
  readonly frame: SheetFrame;
  readonly isStop?: boolean;
  readonly onPlace: (place: Place) => void;
}): ReactElement {
  const say = useSay();
  const layout = useLayout();
  const isRestricted = useIsRestricted();
  const known = useKnown();
  const hasRoute = useCarState(({ journey }) => "route" in journey);
  const [text, setText] = useState("");
  const [category, setCategory] = useState<PlaceCategory>();
  const words = isRestricted ? "" : text.trim();
  const results = useResults(words, category, hasRoute);
  const pick = ({ lat, lon, name, detail }: FoundPlace | Place) =>
    props.onPlace(detail === undefined ? { lat, lon, name } : { lat, lon, name, detail });
  const title = props.isStop === true ? say.addStop : say.search;
  if (category !== undefined) {
    return (
      <Sheet
        {...props.frame}
        title={categoryWord(say, category)}
        closeLabel={say.close}
        onBack={() => setCategory(undefined)}
        backLabel={say.back}
      >
        <div aria-live="polite">
          <Found results={results} category={category} most={isRestricted ? layout.rows : Infinity} onPlace={pick} />
        </div>
      </Sheet>
    );
  }
  if (isRestricted) {
    return (
      <Sheet {...props.frame} title={title} closeLabel={say.close}>
        <KnownTiles
          tiles={known
            .slice(0, layout.isHand ? mostTilesOnHand : mostTiles)
            .map(({ key, icon, title: name, place }) => ({
              key,
              icon,
              title: name,
              onPress: () => pick(place),
            }))}
        />
        <CategoryTiles onPick={setCategory} {...(layout.isHand ? { most: mostOnHand } : {})} />
        {layout.rows < 5 && known.length > 0 ? null : (
          <p className="quiet small note">
            <Icon name="info" size="32px" /> {say.keyboardParked}
          </p>
        )}
      </Sheet>
    );
  }
  return (
    <Sheet {...props.frame} title={title} closeLabel={say.close}>
      <TypedField
        label={say.searchHint}
        icon="search"
        value={text}
        onChange={setText}
        onSubmit={() => {
          const first = results.kind === "found" && results.text === words ? results.places[0] : undefined;
          if (first !== undefined) pick(first);
        }}
        clearLabel={say.clearText}
        maxLength={mostTyped}
        keysWait
      />
      <div className="rows" aria-live="polite">
        {words === "" ? (
          <>
            <CategoryTiles onPick={setCategory} />
            <KnownPlaces known={known} onPlace={pick} />
          </>
        ) : (
          <Found results={results} category={undefined} most={Infinity} onPlace={pick} />
        )}
      </div>
    </Sheet>
  );
}

function KnownPlaces(props: {
  readonly known: readonly Known[];
  readonly onPlace: (place: Place) => void;
}): ReactElement {
  const say = useSay();
  const car = useCar();
  const saving = useSaving();
  const hasRecent = useCarState((state) => state.recent.length > 0);
  if (props.known.length === 0) return <p className="quiet small note">{say.noPlaces}</p>;
  return (
    <>
      <ul className="list" aria-label={say.favourites}>
        {props.known.slice(0, mostKnown).map(({ key, icon, title, detail, place, saved }) => (
          <li key={key} className="list-line">
            <ListRow
              icon={icon}
              title={title}
              {...(detail === undefined ? {} : { detail })}
              onPress={() => props.onPlace(place)}
            />
            {saved === undefined ? null : (
              <IconButton icon="bin" label={say.remove({ name: title })} onPress={() => saving.remove(saved)} />
            )}
          </li>
        ))}
      </ul>
      {hasRecent ? <ListRow icon="bin" title={say.clearRecent} onPress={() => void car.clearRecent()} /> : null}
    </>
  );
}
