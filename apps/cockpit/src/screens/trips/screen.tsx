import { Button, Confirm, EmptyState, ErrorState, ListRow, Sheet, Skeleton, useScreen } from "@caravan/ui";
import type { Trip } from "@caravan/link";
import { useCallback, useEffect, useState, type ReactElement } from "react";
import type { Answer } from "../../car/answer.ts";
import { useCar, useCarState, useIsRestricted } from "../../car/context.tsx";
import { useLayout } from "../../shell/layout.ts";
import { useNotices } from "../../shell/notices.tsx";
import type { SheetFrame } from "../../shell/sheet-frame.ts";
import { errorSentence } from "../../words/why.ts";
import { useSay, type Say } from "../../words/words.ts";

type Trips =
  | { readonly kind: "loading" }
  | { readonly kind: "known"; readonly trips: readonly Trip[] }
  | { readonly kind: "failed"; readonly sentence: string };

const streetOf = (say: Say, street: string): string => (street === "" ? say.unnamedStreet : street);

/** Where one has been; newest first. A journey that just ended has just become a trip, so each state of it asks anew. */
export function TripsScreen(props: { readonly frame: SheetFrame }): ReactElement {
  const journey = useCarState((state) => state.journey.kind);
  return <TripPages key={journey} frame={props.frame} />;
}

function TripPages(props: { readonly frame: SheetFrame }): ReactElement {
  const say = useSay();
  const car = useCar();
  const isRestricted = useIsRestricted();
  const [trips, setTrips] = useState<Trips>({ kind: "loading" });
  const [open, setOpen] = useState<Trip>();
  const take = useCallback(
    (answer: Answer<readonly Trip[]>) =>
      setTrips(
        answer.kind === "ok"
          ? { kind: "known", trips: answer.value }
          : { kind: "failed", sentence: errorSentence(say, answer) },
      ),
    [say],
  );
  const ask = () => void car.trips().then(take);
  useEffect(() => {
    let isGone = false;
    void car.trips().then((answer) => {
      if (!isGone) take(answer);
    });
    return () => {
      isGone = true;
    };
  }, [car, take]);
  if (open !== undefined && !isRestricted) {
    return (
      <TripDetail
        frame={props.frame}
        trip={open}
        onBack={() => setOpen(undefined)}
        onRemoved={() => {
          setOpen(undefined);
          ask();
        }}
      />
    );
  }
  return (
    <Sheet {...props.frame} title={say.trips} closeLabel={say.close}>
      <TripList trips={trips} isRestricted={isRestricted} onOpen={setOpen} onRetry={ask} />
    </Sheet>
  );
}

function TripList(props: {
  readonly trips: Trips;
  readonly isRestricted: boolean;
  readonly onOpen: (trip: Trip) => void;
  readonly onRetry: () => void;
}): ReactElement {
  const say = useSay();
  const layout = useLayout();
  const { formats } = useScreen();
  switch (props.trips.kind) {
    case "loading":
      return <Skeleton label={say.trips} rows={4} />;
    case "failed":
      return <ErrorState title={props.trips.sentence} action={{ label: say.tryAgain, onPress: props.onRetry }} />;
    case "known": {
      const { trips } = props.trips;
      if (trips.length === 0) return <EmptyState icon="trip" title={say.noTrips} />;
      const shown = props.isRestricted ? trips.slice(0, layout.rows) : trips.slice(0, 50);
      return (
        <>
          <ul className="list" aria-label={say.trips}>
            {shown.map((trip) => (
              <li key={trip.id}>
                <ListRow
                  icon="trip"
                  title={streetOf(say, trip.to)}
                  detail={say.tripFrom({ from: streetOf(say, trip.from), when: formats.dateTime(trip.startedAt) })}
                  trailing={formats.distance(trip.distance)}
                  {...(props.isRestricted ? {} : { onPress: () => props.onOpen(trip) })}
                />
              </li>
            ))}
          </ul>
          {props.isRestricted ? <p className="quiet small note">{say.whileMoving}</p> : null}
        </>
      );
    }
  }
}

function TripDetail(props: {
  readonly frame: SheetFrame;
  readonly trip: Trip;
  readonly onBack: () => void;
  readonly onRemoved: () => void;
}): ReactElement {
  const say = useSay();
  const car = useCar();
  const notify = useNotices();
  const { formats } = useScreen();
  const [isAsking, setIsAsking] = useState(false);
  const { trip } = props;
  const remove = async () => {
    setIsAsking(false);
    const answer = await car.removeTrip(trip.id);
    if (answer.kind === "failed") notify({ text: errorSentence(say, answer), tone: "caution" });
    else props.onRemoved();
  };
  const lines: readonly (readonly [string, string])[] = [
    [say.from, streetOf(say, trip.from)],
    [say.to, streetOf(say, trip.to)],
    [say.started, formats.dateTime(trip.startedAt)],
    [say.ended, formats.dateTime(trip.endedAt)],
    [say.tripTime, formats.duration((trip.endedAt - trip.startedAt) / 1_000)],
    [say.distance, formats.distance(trip.distance)],
    [say.energy, formats.energy(trip.energy)],
    ...(trip.distance > 100 ? [[say.consumption, formats.consumption(trip.energy, trip.distance)] as const] : []),
  ];
  return (
    <Sheet
      {...props.frame}
      title={formats.date(trip.startedAt)}
      closeLabel={say.close}
      onBack={props.onBack}
      backLabel={say.back}
    >
      <dl className="facts">
        {lines.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd className="ui-figure">{value}</dd>
          </div>
        ))}
      </dl>
      <Button icon="bin" onPress={() => setIsAsking(true)}>
        {say.removeTrip}
      </Button>
      {isAsking ? (
        <Confirm
          title={say.removeTrip}
          text={say.removeTripSure}
          confirmLabel={say.yesRemove}
          cancelLabel={say.keep}
          danger
          onConfirm={() => void remove()}
          onCancel={() => setIsAsking(false)}
        />
      ) : null}
    </Sheet>
  );
}
