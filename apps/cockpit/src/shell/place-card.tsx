import { Button, Icon, IconButton, useScreen, type IconName } from "@caravan/ui";
import type { Place, RouteSummary, SavedPlace } from "@caravan/link";
import { useState, type ReactElement } from "react";
import { useCar, useCarState } from "../car/context.tsx";
import { errorSentence } from "../words/why.ts";
import { useSay } from "../words/words.ts";
import { useNotices } from "./notices.tsx";
import { useSaving } from "./saving.ts";

/** A point somebody means: still without a name while the car looks it up. */
export type Picked = { readonly kind: "looking" } | { readonly kind: "place"; readonly place: Place };

/** What came of picking: the place, the way there with its figures, and the arrival. One at a time. */
export function PlaceCard(props: {
  readonly picked: Picked | undefined;
  readonly onClose: () => void;
  readonly isPlanning: boolean;
  readonly onRoute: (place: Place) => void;
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
        <Heading icon="pin" title={picked.place.name} detail={picked.place.detail} onClose={props.onClose} />
        <div className="place-actions">
          <SaveButtons place={picked.place} />
          <Button kind="primary" icon="trip" busy={props.isPlanning} onPress={() => props.onRoute(picked.place)}>
            {props.isPlanning ? say.planning : say.routeHere}
          </Button>
        </div>
      </section>
    );
  }
  if (journey.kind === "planned") return <PlannedCard route={journey.route} onEnd={props.onEnd} />;
  if (journey.kind === "arrived") {
    return (
      <section className="card place-card" aria-label={say.arrived}>
        <Heading icon="turn-arrive" title={say.arrived} detail={journey.to.name} />
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

function PlannedCard(props: { readonly route: RouteSummary; readonly onEnd: () => void }): ReactElement {
  const say = useSay();
  const car = useCar();
  const notify = useNotices();
  const { formats } = useScreen();
  const [isStarting, setIsStarting] = useState(false);
  const { route } = props;
  const isEnough = route.arrivalCharge > 0;
  const drive = () => {
    setIsStarting(true);
    void car.drive().then((answer) => {
      setIsStarting(false);
      if (answer.kind === "failed") notify({ text: errorSentence(say, answer), tone: "caution" });
    });
  };
  return (
    <section className="card place-card" aria-label={route.to.name}>
      <Heading icon="flag" title={route.to.name} detail={route.to.detail} />
      <dl className="figures">
        <Figure label={say.tripTime} value={formats.duration(route.duration)} />
        <Figure label={say.distance} value={formats.distance(route.distance)} />
        <Figure label={say.energy} value={formats.energy(route.energy)} />
        <Figure label={say.chargeThen} value={formats.percent(Math.max(0, route.arrivalCharge))} isBad={!isEnough} />
      </dl>
      {isEnough ? null : <p className="warning">{say.tooFar}</p>}
      <div className="place-actions">
        <SaveButtons place={route.to} />
        <Button onPress={props.onEnd}>{say.cancel}</Button>
        <Button kind="primary" busy={isStarting} onPress={drive}>
          {say.drive}
        </Button>
      </div>
    </section>
  );
}

function Figure(props: { readonly label: string; readonly value: string; readonly isBad?: boolean }): ReactElement {
  return (
    <div>
      <dt>{props.label}</dt>
      <dd className="ui-figure" data-bad={props.isBad}>
        {props.value}
      </dd>
    </div>
  );
}

const kinds: readonly { readonly kind: SavedPlace["kind"]; readonly icon: IconName }[] = [
  { kind: "home", icon: "home" },
  { kind: "work", icon: "work" },
  { kind: "favourite", icon: "star" },
];

function SaveButtons(props: { readonly place: Place }): ReactElement {
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
