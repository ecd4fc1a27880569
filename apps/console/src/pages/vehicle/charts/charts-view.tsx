import type { CloudClient, VehicleSummary } from "@caravan/link";
import { catalogue } from "@caravan/signals";
import {
  Button,
  EmptyState,
  ErrorState,
  Icon,
  IconButton,
  Segmented,
  Skeleton,
  TimeChart,
  useScreen,
  useWords,
} from "@caravan/ui";
import { useState, type ReactElement } from "react";
import { goTo } from "../../../address.ts";
import { paths } from "../../../paths.ts";
import { csvOf, saveFile } from "../../fleet/csv.ts";
import type { Line } from "../../fleet/live-history.ts";
import { useKnownPaths } from "../signals/live-values.ts";
import { unitSign } from "../signals/reading.ts";
import { groupsOf, type PlotGroup } from "./plot-groups.ts";
import { SignalPicker } from "./signal-picker.tsx";
import { useLines, type Lines } from "./use-lines.ts";
import { bounded, spanOf, type Range, type Span } from "./view-span.ts";
import { words } from "./words.ts";
import "./charts.css";

const usual: readonly string[] = [paths.speed, paths.charge, paths.power];
/** As many as the cloud gives in one answer. */
const mostSignals = 12;
const spans = ["15", "60", "1440", "10080", "43200"] as const;
const minuteMs = 60_000;
/** An unchanged value is told again every quarter of an hour. */
const silenceMs = 16 * minuteMs;
const noLine: Line = { at: [], values: [] };

/** Any signals of one car over any time, one chart for each unit, all moving together. */
export function ChartsView(props: {
  readonly cloud: CloudClient;
  readonly car: VehicleSummary;
  readonly isLost: boolean;
  readonly signals: readonly string[] | undefined;
}): ReactElement {
  const { cloud, car, isLost } = props;
  const { vehicle } = car;
  const say = useWords(words);
  const known = useKnownPaths(cloud, vehicle);
  const signals = props.signals ?? usual;
  const [range, setRange] = useState<Range>({ kind: "last", ms: 60 * minuteMs });
  const history = useLines(cloud, vehicle, signals, range);
  const span = spanOf(range, history.now);
  const choose = (chosen: readonly string[]) => goTo({ page: "vehicle", vehicle, view: "charts", signals: chosen });
  const show = (wanted: Span | undefined) =>
    setRange(
      wanted === undefined ? { kind: "last", ms: 60 * minuteMs } : { kind: "span", span: bounded(wanted, Date.now()) },
    );
  const width = span.to - span.from;
  const move = (share: number, factor: number) =>
    show({
      from: span.from + width * (share + (1 - factor) / 2),
      to: span.to + width * (share - (1 - factor) / 2),
    });
  const isOver = signals.length >= mostSignals;
  return (
    <div className="charts">
      <header className="charts-head">
        {isOver ? (
          <p className="console-quiet">{say.most({ most: mostSignals })}</p>
        ) : (
          <SignalPicker known={known} chosen={signals} onAdd={(path) => choose([...signals, path])} />
        )}
        <Segmented
          label={say.range}
          value={range.kind === "last" ? spans.find((minutes) => Number(minutes) * minuteMs === range.ms) : undefined}
          choices={spans.map((value) => ({ value, label: say.spans({ minutes: Number(value) }) }))}
          onChange={(minutes) => setRange({ kind: "last", ms: Number(minutes) * minuteMs })}
        />
        <div className="charts-moves">
          <IconButton icon="left" label={say.earlier} onPress={() => move(-0.5, 1)} />
          <IconButton icon="right" label={say.later} onPress={() => move(0.5, 1)} />
          <IconButton icon="plus" label={say.closer} onPress={() => move(0, 0.5)} />
          <IconButton icon="minus" label={say.wider} onPress={() => move(0, 2)} />
          <IconButton icon="clock" label={say.live} disabled={range.kind === "last"} onPress={() => show(undefined)} />
        </div>
        <Button
          icon="download"
          disabled={history.lines.size === 0}
          onPress={() => saveFile(`${car.name}.csv`, linesAsCsv(history.lines, span))}
        >
          {say.exportCsv}
        </Button>
      </header>
      <ul className="charts-chosen">
        {signals.map((path) => (
          <li key={path}>
            <button
              type="button"
              aria-label={say.remove({ path })}
              title={path}
              onClick={() => choose(signals.filter((each) => each !== path))}
            >
              {path.split(".").slice(-2).join(".")}
              <Icon name="close" size="14px" />
            </button>
          </li>
        ))}
      </ul>
      {isLost ? (
        <p className="console-stale" role="status">
          {say.offline}
        </p>
      ) : null}
      <Plots history={history} signals={signals} span={span} onSpan={show} isLive={range.kind === "last"} />
      <p className="console-quiet">{say.how}</p>
    </div>
  );
}

function Plots(props: {
  readonly history: Lines;
  readonly signals: readonly string[];
  readonly span: Span;
  readonly isLive: boolean;
  readonly onSpan: (span: Span | undefined) => void;
}): ReactElement {
  const { history, signals } = props;
  const say = useWords(words);
  if (signals.length === 0) return <EmptyState icon="chart" title={say.noneChosen} text={say.noneChosenText} />;
  if (history.state === "failed") {
    return (
      <ErrorState
        icon="chart"
        title={say.failed}
        text={say.failedText}
        action={{ label: say.retry, onPress: history.retry }}
      />
    );
  }
  if (history.lines.size === 0) return <Skeleton label={say.loading} rows={6} />;
  const groups = groupsOf(signals, (path) => catalogue.find(path), unitSign);
  return (
    <>
      {groups.map((group) => (
        <Plot key={group.signals.map(({ path }) => path).join()} {...props} group={group} />
      ))}
    </>
  );
}

function Plot(props: {
  readonly group: PlotGroup;
  readonly history: Lines;
  readonly span: Span;
  readonly isLive: boolean;
  readonly onSpan: (span: Span | undefined) => void;
}): ReactElement {
  const { group, history, span } = props;
  const { formats } = useScreen();
  const say = useWords(words);
  const points = group.signals.reduce((sum, { path }) => sum + (history.lines.get(path)?.at.length ?? 0), 0);
  return (
    <div data-testid="plot" data-points={points}>
      <TimeChart
        label={group.signals.map(({ label }) => label).join(" · ")}
        height={200}
        from={span.from}
        to={span.to}
        gapMs={Math.max(silenceMs, history.stretchMs * 2.5)}
        emptyText={say.nothing}
        onSpan={props.onSpan}
        series={group.signals.map(({ path, label, isStepped }) => ({
          ...(history.lines.get(path) ?? noLine),
          label,
          isStepped,
          unit: group.unit,
          format: (value) => `${formats.number(value, Number.isInteger(value) ? 0 : 2)}\u00a0${group.unit}`,
        }))}
      />
    </div>
  );
}

function linesAsCsv(lines: ReadonlyMap<string, Line>, span: Span): string {
  const rows = [...lines].flatMap(([path, { at, values }]) =>
    at.flatMap((time, index) =>
      time < span.from || time > span.to ? [] : [[new Date(time).toISOString(), path, values[index]]],
    ),
  );
  return csvOf(["time_utc", "signal", "value"], rows);
}
