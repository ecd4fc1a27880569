import { Button, Icon, IconButton, type IconName } from "@caravan/ui";
import type { Place } from "@caravan/link";
import type { ReactElement } from "react";
import { useCarState } from "../car/context.tsx";
import { isNamedSimulated, plainName } from "../words/plain-name.ts";
import { useSay } from "../words/words.ts";
import { SaveButtons } from "./save-buttons.tsx";

/** A point somebody means: still without a name while the car looks it up. */
export type Picked = { readonly kind: "looking" } | { readonly kind: "place"; readonly place: Place };

/** What came of picking: the place, the way there with its figures, and the arrival. One at a time. */
export function PlaceCard(props: {
  readonly picked: Picked | undefined;
  readonly onClose: () => void;
  readonly isPlanning: boolean;
  readonly onRoute: (place: Place) => void;
  /** Only where there is a route that it could be a stop of. */
  readonly onStop: ((place: Place) => void) | undefined;
  readonly onEnd: () => void;
}): ReactElement | null {
  const say = useSay();
  const journey = useCarState((state) => state.journey);
  const { picked } = props;
  if (picked?.kind === "looking") {
    return (
      <section className="card place-card" aria-busy="true" aria-label={say.looking}>
        <Heading icon="pin" title={say.looking} onClose={props.onClose} />
      </section>
    );
  }
  if (picked?.kind === "place") {
    return (
      <section className="card place-card" aria-label={picked.place.name}>
        <PlaceHeading place={picked.place} onClose={props.onClose} />
        <div className="place-actions">
          {props.onStop === undefined ? <SaveButtons place={picked.place} /> : null}
          {props.onStop === undefined ? null : (
            <Button icon="plus" busy={props.isPlanning} onPress={() => props.onStop?.(picked.place)}>
              {say.addStop}
            </Button>
          )}
          <Button kind="primary" icon="trip" busy={props.isPlanning} onPress={() => props.onRoute(picked.place)}>
            {props.isPlanning ? say.planning : say.routeHere}
          </Button>
        </div>
      </section>
    );
  }
  if (journey.kind === "arrived") {
    const side = { left: say.arrivedLeft, right: say.arrivedRight, none: "" }[journey.side ?? "none"];
    const details = [journey.to.name, side].filter((part) => part !== "");
    return (
      <section className="card place-card" aria-label={say.arrived}>
        <Heading icon="turn-arrive" title={say.arrived} detail={details.join(" · ")} />
        <div className="place-actions">
          <SaveButtons place={journey.to} />
          <Button kind="primary" onPress={props.onEnd}>
            {say.done}
          </Button>
        </div>
      </section>
    );
  }
  return null;
}

function PlaceHeading(props: { readonly place: Place; readonly onClose: () => void }): ReactElement {
  const say = useSay();
  const { name, detail = "" } = props.place;
  const isSimulated = isNamedSimulated(name);
  const details = [isSimulated ? say.simulated : "", detail].filter((part) => part !== "");
  return (
    <Heading icon="pin" title={plainName(name, isSimulated)} detail={details.join(" · ")} onClose={props.onClose} />
  );
}

function Heading(props: {
  readonly icon: IconName;
  readonly title: string;
  readonly detail?: string | undefined;
  readonly onClose?: () => void;
}): ReactElement {
  const say = useSay();
  return (
    <header className="place-head">
      <Icon name={props.icon} size="48px" />
      <div className="place-words">
        <h2>{props.title}</h2>
        {props.detail === undefined || props.detail === "" ? null : <p className="quiet small">{props.detail}</p>}
      </div>
      {props.onClose === undefined ? null : <IconButton icon="close" label={say.close} onPress={props.onClose} />}
    </header>
  );
}
