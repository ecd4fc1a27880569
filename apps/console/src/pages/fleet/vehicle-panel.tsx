import type { CloudClient, VehicleSummary } from "@caravan/link";
import { EmptyState, IconButton, Segmented, useNow, useScreen, useWords } from "@caravan/ui";
import { useState, type ReactElement } from "react";
import { words } from "../../words/words.ts";
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
  const { formats } = useScreen();
  const now = useNow();
  const [span, setSpan] = useState<Span>("15");
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
  const age = vehicle.seenAt === undefined ? undefined : formats.age(vehicle.seenAt, now);
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
          <h1>{vehicle.name}</h1>
          <p className="console-quiet">
            <span className="console-dot" data-online={vehicle.online} />
            {vehicle.online ? say.online : say.offline}
            {isOld && age !== undefined ? ` · ${say.asOf({ age })}` : ""}
            {` · ${vehicle.model}`}
          </p>
        </div>
        <IconButton icon="close" label={say.close} onPress={props.onClose} />
      </header>
      <Segmented
        label={say.span}
        value={span}
        choices={spans.map((value) => ({ value, label: labels[value] }))}
        onChange={setSpan}
      />
      <HistoryCharts key={span} cloud={props.cloud} vehicle={vehicle} span={span} />
    </aside>
  );
}
