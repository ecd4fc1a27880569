import type { CloudClient, VehicleSummary } from "@caravan/link";
import { Button, ErrorState, Skeleton, TimeChart, useLoaded, useNow, useScreen, useWords } from "@caravan/ui";
import { useCallback, useMemo, useState, type ReactElement } from "react";
import { paths } from "../../paths.ts";
import { words } from "../../words/words.ts";
import { csvOf, saveFile } from "./csv.ts";
import { grown, lineOf, since, type Line } from "./live-history.ts";

/** Minutes back from now. */
export const spans = ["15", "60", "1440", "10080"] as const;
export type Span = (typeof spans)[number];

const charted = [paths.speed, paths.charge, paths.power, paths.energy] as const;
type Charted = (typeof charted)[number];
type Lines = Readonly<Record<Charted, Line>>;

const pointsPerLine = 900;
// Longer than the pause between two samples of a standing car.
const gapMs = 5 * 60_000;
const shortestMs = 2 * 60_000;
const kilometresPerMile = 1.609344;

/** Speed, battery and energy of one car over a span that ends now; new values join as they come. */
export function HistoryCharts(props: {
  readonly cloud: CloudClient;
  readonly vehicle: VehicleSummary;
  readonly span: Span;
}): ReactElement {
  const { cloud, vehicle, span } = props;
  const say = useWords(words);
  const id = vehicle.vehicle;
  const spanMs = Number(span) * 60_000;
  const load = useCallback(() => {
    const to = Date.now();
    return cloud.history(id, { paths: charted, from: to - spanMs, to, points: pointsPerLine });
  }, [cloud, id, spanMs]);
  const [history, retry] = useLoaded(load);
  if (history === undefined) return <Skeleton label={say.history} rows={3} />;
  if (history.kind === "failed") {
    return <ErrorState icon="chart" title={say.historyFailed} action={{ label: say.retry, onPress: retry }} />;
  }
  const { value } = history;
  return (
    <Charts
      vehicle={vehicle}
      spanMs={spanMs}
      start={{
        [paths.speed]: lineOf(value, paths.speed),
        [paths.charge]: lineOf(value, paths.charge),
        [paths.power]: lineOf(value, paths.power),
        [paths.energy]: lineOf(value, paths.energy),
      }}
    />
  );
}

function Charts(props: {
  readonly vehicle: VehicleSummary;
  readonly spanMs: number;
  readonly start: Lines;
}): ReactElement {
  const { vehicle, spanMs } = props;
  const say = useWords(words);
  const { formats, units } = useScreen();
  const speedUnit = formats.speedFigure(0).unit;
  const speedFactor = units === "metric" ? 1 : 1 / kilometresPerMile;
  const to = useNow();
  const [lines, setLines] = useState(props.start);
  // Grown while rendering, so that no frame shows an older line than the figures beside it.
  const next: Lines = {
    [paths.speed]: grown(lines[paths.speed], vehicle, paths.speed),
    [paths.charge]: grown(lines[paths.charge], vehicle, paths.charge),
    [paths.power]: grown(lines[paths.power], vehicle, paths.power),
    [paths.energy]: grown(lines[paths.energy], vehicle, paths.energy),
  };
  if (charted.some((path) => next[path] !== lines[path])) setLines(next);
  const from = to - spanMs;
  const shown = useMemo(() => {
    const scaled = (path: Charted, factor: number) => {
      const line = since(lines[path], from);
      return { at: line.at, values: line.values.map((value) => value * factor) };
    };
    return {
      speed: scaled(paths.speed, speedFactor),
      charge: scaled(paths.charge, 1),
      power: scaled(paths.power, -1 / 1_000),
      energy: scaled(paths.energy, 1),
    };
  }, [lines, from, speedFactor]);
  const span = { from: startOf(lines, from, to), to, height: 170, gapMs, emptyText: say.noHistory };
  return (
    <div className="console-charts">
      <div data-testid="speed-chart" data-points={shown.speed.at.length}>
        <TimeChart
          {...span}
          label={say.speedChart}
          series={[
            {
              ...shown.speed,
              label: say.speed,
              unit: speedUnit,
              least: 20,
              format: (value) => `${formats.number(value)}\u00a0${speedUnit}`,
              tone: "accent",
            },
          ]}
        />
      </div>
      <TimeChart
        {...span}
        label={say.chargeChart}
        series={[
          {
            ...shown.charge,
            label: say.battery,
            unit: "%",
            least: 4,
            format: (value) => formats.percent(value),
            tone: "good",
          },
        ]}
      />
      <TimeChart
        {...span}
        label={say.energyChart}
        series={[
          {
            ...shown.power,
            label: say.power,
            unit: "kW",
            least: 10,
            format: (value) => formats.power(value),
            tone: "caution",
          },
          {
            ...shown.energy,
            label: say.energyLeft,
            unit: "kWh",
            least: 2,
            format: (value) => formats.energy(value),
            tone: "quiet",
          },
        ]}
      />
      <Button icon="download" onPress={() => saveFile(`${vehicle.name}.csv`, linesAsCsv(lines))}>
        {say.exportHistory}
      </Button>
    </div>
  );
}

/** Where the axis begins: at the first sample where there are few, so that a new car's lines are not a stroke at the edge. */
function startOf(lines: Lines, from: number, to: number): number {
  const first = Math.min(...charted.map((path) => lines[path].at[0] ?? to));
  return Math.max(from, Math.min(first, to - shortestMs));
}

function linesAsCsv(lines: Lines): string {
  const rows = charted.flatMap((path) =>
    lines[path].at.map((at, index) => [new Date(at).toISOString(), path, lines[path].values[index]]),
  );
  return csvOf(["time_utc", "signal", "value"], rows);
}
