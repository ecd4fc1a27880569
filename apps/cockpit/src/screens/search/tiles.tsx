import type { PlaceCategory } from "@caravan/link";
import { Icon, type IconName } from "@caravan/ui";
import type { ReactElement } from "react";
import { useSay } from "../../words/words.ts";
import { categories, categoryIcon, categoryWord } from "./categories.ts";

/** Kinds of places, each with its sign, by one touch. */
export function CategoryTiles(props: {
  readonly onPick: (category: PlaceCategory) => void;
  readonly most?: number;
}): ReactElement {
  const say = useSay();
  return (
    <div className="tiles" role="group" aria-label={say.nearby}>
      {categories.slice(0, props.most).map((category) => (
        <button key={category} type="button" className="tile" onClick={() => props.onPick(category)}>
          <Icon name={categoryIcon(category)} />
          <span>{categoryWord(say, category)}</span>
        </button>
      ))}
    </div>
  );
}

/** Something known, wide enough for its name. */
export interface KnownTile {
  readonly key: string;
  readonly icon: IconName;
  readonly title: string;
  readonly onPress: () => void;
}

/** Places one has been to or kept, two beside each other. */
export function KnownTiles(props: { readonly tiles: readonly KnownTile[] }): ReactElement {
  const say = useSay();
  return (
    <div className="known-tiles" role="group" aria-label={say.favourites}>
      {props.tiles.map(({ key, icon, title, onPress }) => (
        <button key={key} type="button" className="known-tile" onClick={onPress}>
          <Icon name={icon} />
          <span>{title}</span>
        </button>
      ))}
    </div>
  );
}
