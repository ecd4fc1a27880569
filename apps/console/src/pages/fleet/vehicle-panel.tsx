import type { CloudClient, VehicleSummary } from "@caravan/link";
import { EmptyState, IconButton, Segmented, Toast, useNow, useScreen, useWords } from "@caravan/ui";
import { useState, type ReactElement } from "react";
import { goTo, vehicleViews, writeAddress, type Address } from "../../address.ts";
import { words } from "../../words/words.ts";
import { words as vehicleWords } from "../vehicle/words.ts";
import { RenameCar } from "./rename-car.tsx";
import { rowOf } from "./row.ts";
import { HistoryCharts, spans, type Span } from "./history-charts.tsx";

/** One car: how it is now and how it was, in charts that grow while one looks. */
export function VehiclePanel(props: {
  readonly cloud: CloudClient;
  readonly vehicle: VehicleSummary | undefined;
  readonly isLost: boolean;
  readonly onClose: () => void;
}): ReactElement {
  const { vehicle } = props;
  const say = useWords(words);
  const sayVehicle = useWords(vehicleWords);
  const { formats } = useScreen();
  const now = useNow();
  const [span, setSpan] = useState<Span>("15");
  const [isRenaming, setRenaming] = useState(false);
  const [said, setSaid] = useState<Said>();
  if (vehicle === undefined) {
    return (
      <aside className="console-panel">
        <EmptyState
          icon="car"
          title={say.unknownCar}
          text={say.unknownCarText}
          action={{ label: say.close, onPress: props.onClose }}
        />
      </aside>
    );
  }
  const { seenAt } = vehicle;
  const isNew = seenAt !== undefined && now - seenAt < 10_000;
  const age = seenAt === undefined ? undefined : isNew ? say.momentAgo : formats.age(seenAt, now);
  const isOld = props.isLost || !vehicle.online;
  const labels: Readonly<Record<Span, string>> = {
    "15": say.span15,
    "60": say.span60,
    "1440": say.spanDay,
    "10080": say.spanWeek,
  };
  return (
    <aside className="console-panel" aria-label={vehicle.name}>
      <header className="console-panel-head">
        <div>
          <h1>
            {vehicle.name}
            <IconButton icon="edit" label={say.rename} onPress={() => setRenaming(true)} />
          </h1>
          <p className="console-quiet">
            <span className="console-dot" data-online={vehicle.online && !props.isLost} />
            {props.isLost ? say.unknown : vehicle.online ? say.online : say.offline}
            {isOld && age !== undefined ? <span className="console-stale"> · {say.asOf({ age })}</span> : null}
            {` · ${vehicle.model}`}
          </p>
        </div>
        <IconButton icon="close" label={say.close} onPress={props.onClose} />
      </header>
      {isRenaming ? (
        <RenameCar
          name={vehicle.name}
          onCancel={() => setRenaming(false)}
          onName={(name) => void rename(name, vehicle.name)}
        />
      ) : null}
      <Figures vehicle={vehicle} isOld={isOld} />
      <nav className="console-views" aria-label={say.whole}>
        {vehicleViews.map((view) => {
          const to: Address = { page: "vehicle", vehicle: vehicle.vehicle, view };
          return (
            <a
              key={view}
              href={writeAddress(to)}
              onClick={(event) => {
                if (event.metaKey || event.ctrlKey || event.shiftKey) return;
                event.preventDefault();
                goTo(to);
              }}
            >
              {sayVehicle.view({ view })}
            </a>
          );
        })}
      </nav>
      <Segmented
        label={say.span}
        value={span}
        choices={spans.map((value) => ({ value, label: labels[value] }))}
        onChange={setSpan}
      />
      <HistoryCharts key={span} cloud={props.cloud} vehicle={vehicle} span={span} />
      {said === undefined ? null : (
        <Toast
          text={said.text}
          tone={said.kind === "failed" ? "caution" : "plain"}
          onClose={() => setSaid(undefined)}
          {...(said.kind === "failed"
            ? {}
            : { undo: { label: say.undo, onPress: () => void rename(said.before, undefined) } })}
        />
      )}
    </aside>
  );

  // `before` is the name to go back to; undefined where this is the way back.
  async function rename(name: string, before: string | undefined) {
    setRenaming(false);
    setSaid(undefined);
    if (vehicle === undefined || name === vehicle.name) return;
    const asked = await props.cloud.rename(vehicle.vehicle, name);
    if (asked.kind === "failed") setSaid({ kind: "failed", text: say.renameFailed });
    else if (before !== undefined) setSaid({ kind: "renamed", text: say.renamed({ name }), before });
  }
}

type Said =
  | { readonly kind: "failed"; readonly text: string }
  | { readonly kind: "renamed"; readonly text: string; readonly before: string };

/** The figures of the table's row that a narrow table leaves out, and those it keeps. */
function Figures(props: { readonly vehicle: VehicleSummary; readonly isOld: boolean }): ReactElement {
  const say = useWords(words);
  const { formats } = useScreen();
  const row = rowOf(props.vehicle);
  const known = (value: number | undefined, format: (value: number) => string) =>
    value === undefined ? "–" : format(value);
  return (
    <dl className="console-facts" data-old={props.isOld}>
      {(
        [
          [say.speed, known(row.speed, (kmh) => formats.speed(kmh / 3.6))],
          [say.battery, known(row.charge, (percent) => formats.percent(percent))],
          [say.range, known(row.range, (metres) => formats.distance(metres))],
          [say.odometer, known(row.odometer, (metres) => formats.distance(metres))],
          [say.street, row.street ?? "–"],
        ] as const
      ).map(([name, figure]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{figure}</dd>
        </div>
      ))}
    </dl>
  );
}
