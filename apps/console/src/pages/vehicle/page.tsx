import type { CloudClient, CloudState, VehicleSummary } from "@caravan/link";
import { EmptyState, Icon, Skeleton, useNow, useScreen, useWords } from "@caravan/ui";
import { type MouseEvent, type ReactElement } from "react";
import { goTo, vehicleViews, writeAddress, type Address, type VehicleView } from "../../address.ts";
import { ChartsView } from "./charts/charts-view.tsx";
import { LinkView } from "./link/link-view.tsx";
import { SignalsView } from "./signals/signals-view.tsx";
import { SourcesView } from "./sources/sources-view.tsx";
import { TripsView } from "./trips/trips-view.tsx";
import { words } from "./words.ts";
import "./vehicle.css";

/** One car, whole: its signals, how they were, where it drove, where its values come from and what it is asked to send. */
export function VehiclePage(props: {
  readonly cloud: CloudClient;
  readonly state: CloudState;
  readonly address: Extract<Address, { page: "vehicle" }>;
}): ReactElement {
  const { cloud, state, address } = props;
  const say = useWords(words);
  const car = state.fleet?.get(address.vehicle);
  if (state.fleet === undefined) {
    return (
      <main className="console-page">
        <Skeleton label={say.loading} rows={8} />
      </main>
    );
  }
  if (car === undefined) {
    return (
      <main className="console-page">
        <EmptyState
          icon="car"
          title={say.unknownCar}
          text={say.unknownCarText}
          action={{ label: say.back, onPress: () => goTo({ page: "fleet", vehicle: undefined }) }}
        />
      </main>
    );
  }
  return (
    <main className="vehicle" aria-label={car.name}>
      <Head car={car} isLost={state.connection === "lost"} view={address.view} />
      <section className="vehicle-view" aria-label={say.view({ view: address.view })}>
        <View cloud={cloud} car={car} isLost={state.connection === "lost"} address={address} />
      </section>
    </main>
  );
}

function View(props: {
  readonly cloud: CloudClient;
  readonly car: VehicleSummary;
  readonly isLost: boolean;
  readonly address: Extract<Address, { page: "vehicle" }>;
}): ReactElement {
  const { cloud, car, address } = props;
  switch (address.view) {
    case "signals":
      return <SignalsView cloud={cloud} vehicle={car.vehicle} />;
    case "trips":
      return <TripsView cloud={cloud} car={car} />;
    case "sources":
      return <SourcesView cloud={cloud} vehicle={car.vehicle} />;
    case "link":
      return <LinkView cloud={cloud} vehicle={car.vehicle} />;
    case "charts":
      return <ChartsView cloud={cloud} car={car} isLost={props.isLost} signals={address.signals} />;
  }
}

function Head(props: {
  readonly car: VehicleSummary;
  readonly isLost: boolean;
  readonly view: VehicleView;
}): ReactElement {
  const { car, isLost } = props;
  const say = useWords(words);
  const { formats } = useScreen();
  const now = useNow();
  const isOld = isLost || !car.online;
  const age =
    car.seenAt === undefined ? undefined : now - car.seenAt < 10_000 ? say.momentAgo : formats.age(car.seenAt, now);
  const fleet: Address = { page: "fleet", vehicle: car.vehicle };
  return (
    <header className="vehicle-head">
      <a className="vehicle-back" href={writeAddress(fleet)} onClick={(event) => follow(event, fleet)}>
        <Icon name="back" />
        {say.back}
      </a>
      <h1>{car.name}</h1>
      <p className="console-quiet">
        <span className="console-dot" data-online={!isOld} />
        {isLost ? say.unknown : car.online ? say.online : say.offline}
        {isOld && age !== undefined ? <span className="console-stale"> · {say.asOf({ age })}</span> : null}
        {` · ${car.model}`}
      </p>
      <nav className="vehicle-tabs" aria-label={say.views}>
        {vehicleViews.map((view) => {
          const to: Address = { page: "vehicle", vehicle: car.vehicle, view };
          return (
            <a
              key={view}
              href={writeAddress(to)}
              aria-current={view === props.view ? "page" : undefined}
              onClick={(event) => follow(event, to)}
            >
              {say.view({ view })}
            </a>
          );
        })}
      </nav>
    </header>
  );
}

function follow(event: MouseEvent, to: Address): void {
  if (event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  goTo(to);
}
