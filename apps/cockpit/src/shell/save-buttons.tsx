import { IconButton, type IconName } from "@caravan/ui";
import type { Place, SavedPlace } from "@caravan/link";
import type { ReactElement } from "react";
import { useSay } from "../words/words.ts";
import { useSaving } from "./saving.ts";

const kinds: readonly { readonly kind: SavedPlace["kind"]; readonly icon: IconName }[] = [
  { kind: "home", icon: "home" },
  { kind: "work", icon: "work" },
  { kind: "favourite", icon: "star" },
];

/** Keeps a place as home, as work or among the favourites, or lets it go. */
export function SaveButtons(props: { readonly place: Place }): ReactElement {
  const say = useSay();
  const saving = useSaving();
  return (
    <div className="save-buttons" role="group" aria-label={say.saveAs}>
      {kinds.map(({ kind, icon }) => {
        const saved = saving.savedAs(kind, props.place);
        return (
          <IconButton
            key={kind}
            icon={icon}
            label={say[kind]}
            pressed={saved !== undefined}
            onPress={() => (saved === undefined ? saving.save(kind, props.place) : saving.remove(saved))}
          />
        );
      })}
    </div>
  );
}
