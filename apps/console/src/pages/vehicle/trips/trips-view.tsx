import type { CloudClient, VehicleSummary } from "@caravan/link";
import { EmptyState, ErrorState, IconButton, Skeleton, useLoaded, useScreen, useWords } from "@caravan/ui";
import { useCallback, useState, type ReactElement } from "react";
import { paths } from "../../../paths.ts";
import { lineOf } from "../../fleet/live-history.ts";
import { TripMap } from "./trip-map.tsx";
import { tripsOf, type Trip } from "./trips.ts";
import { words } from "./words.ts";
import "./trips.css";

const dayMs = 86_400_000;
const mostPoints = 4_000;
/** A trip whose last news is younger goes on. */
const underWayMs = 120_000;

/** The drives of one car, day by day, and the way of one of them. */
export function TripsView(props: { readonly cloud: CloudClient; readonly car: VehicleSummary }): ReactElement {
  const { cloud, car } = props;
  const say = useWords(words);
  const { formats } = useScreen();
  const [opened] = useState(() => Date.now());
  const [back, setBack] = useState(0);
  const [chosen, setChosen] = useState<number>();
  const { from, to } = dayBack(opened, back);
  const load = useCallback(async () => {
    const asked = await cloud.history(car.vehicle, {
      paths: [paths.speed, paths.odometer, paths.energy],
      from,
      to,
      points: mostPoints,
    });
    if (asked.kind === "failed") return undefined;
    const { value } = asked;
    const lines = {
      speed: lineOf(value, paths.speed),
      odometer: lineOf(value, paths.odometer),
      energy: lineOf(value, paths.energy),
    };
    return { trips: tripsOf(lines, ((to - from) / mostPoints) * 2).toReversed() };
  }, [cloud, car.vehicle, from, to]);
  const [loaded, retry] = useLoaded(useCallback(async () => ({ day: await load() }), [load]));
  const trips = loaded?.day?.trips ?? [];
  const trip = trips.find((each) => each.from === chosen) ?? trips[0];
  const turn = (by: number) => {
    setBack(Math.max(0, back + by));
    setChosen(undefined);
  };
  return (
    <div className="trips">
      <section className="trips-list" aria-label={say.trips}>
        <header className="trips-day">
          <IconButton icon="left" label={say.before} onPress={() => turn(1)} />
          <h2 aria-live="polite">{formats.date(from)}</h2>
          <IconButton icon="right" label={say.after} disabled={back === 0} onPress={() => turn(-1)} />
        </header>
        {loaded === undefined ? <Skeleton label={say.loading} rows={5} /> : null}
        {loaded !== undefined && loaded.day === undefined ? (
          <ErrorState icon="trip" title={say.failed} action={{ label: say.retry, onPress: retry }} />
        ) : null}
        {loaded?.day?.trips.length === 0 ? <EmptyState icon="trip" title={say.none} text={say.noneText} /> : null}
        <ul>
          {trips.map((each) => (
            <li key={each.from}>
              <TripRow
                trip={each}
                isUnderWay={opened - each.to < underWayMs}
                isChosen={each === trip}
                onPress={() => setChosen(each.from)}
              />
            </li>
          ))}
        </ul>
      </section>
      {trip === undefined ? (
        <section className="trips-way">
          <EmptyState icon="map" title={say.choose} />
        </section>
      ) : (
        <TripMap key={trip.from} cloud={cloud} vehicle={car.vehicle} trip={trip} />
      )}
    </div>
  );
}

function TripRow(props: {
  readonly trip: Trip;
  readonly isUnderWay: boolean;
  readonly isChosen: boolean;
  readonly onPress: () => void;
}): ReactElement {
  const { trip } = props;
  const say = useWords(words);
  const { formats } = useScreen();
  const until = props.isUnderWay ? say.underWay : formats.clock(trip.to);
  const facts = [
    formats.duration((trip.to - trip.from) / 1_000),
    trip.energy === undefined ? undefined : formats.energy(trip.energy),
    say.top({ speed: formats.speed(trip.topSpeed / 3.6) }),
  ].filter((fact) => fact !== undefined);
  return (
    <button type="button" className="trips-row" aria-pressed={props.isChosen} onClick={props.onPress}>
      <span>
        <strong>{say.from({ from: formats.clock(trip.from), to: until })}</strong>
        <strong>{trip.distance === undefined ? "–" : formats.distance(trip.distance)}</strong>
      </span>
      <span className="console-quiet">{facts.join(" · ")}</span>
    </button>
  );
}

/** A day of the screen's own calendar, which the change to summer time may make an hour shorter. */
function dayBack(now: number, back: number): { readonly from: number; readonly to: number } {
  const day = new Date(now);
  const from = new Date(day.getFullYear(), day.getMonth(), day.getDate() - back).getTime();
  const to = new Date(day.getFullYear(), day.getMonth(), day.getDate() - back + 1).getTime();
  return { from, to: Math.min(to, Math.max(now, from + dayMs / 24)) };
}
