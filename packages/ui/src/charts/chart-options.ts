import type uPlot from "uplot";
import { colours, fontFamily, sizes, type Look, type ScreenKind } from "../tokens.ts";
import { axisRange } from "./axis-range.ts";
import type { ChartSeries } from "./chart-series.ts";

interface ChartParts {
  readonly look: Look;
  readonly screen: ScreenKind;
  readonly series: readonly ChartSeries[];
  readonly width: number;
  readonly height: number;
  readonly clock: (at: number) => string;
  readonly date: (at: number) => string;
  readonly span: () => [number, number];
  /** Draws a value that holds until the next one. */
  readonly stepped: uPlot.Series.PathBuilder;
  readonly onCursor: (index: number | null | undefined) => void;
  readonly onSpan: (span: { from: number; to: number }) => void;
}

const tones = ["accent", "caution", "good", "quiet"] as const;
const dayMs = 86_400_000;
const minuteMs = 60_000;
const timeStepsMs = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1_440, 2_880, 10_080].map(
  (minutes) => minutes * minuteMs,
);

const mostDots = 24;

/** Options of uPlot for our looks: quiet grid, one axis for each unit. */
export function chartOptions(parts: ChartParts): uPlot.Options {
  const palette = colours[parts.look];
  const text = sizes[parts.screen].small;
  const font = `${text}px ${fontFamily}`;
  const units = [...new Set(parts.series.map((one) => one.unit))].slice(0, 2);
  const series: uPlot.Series[] = [{}];
  for (const [index, one] of parts.series.entries()) {
    const colour = palette[one.tone ?? tones[index % tones.length] ?? "accent"];
    series.push({
      label: one.label,
      scale: one.unit,
      stroke: colour,
      width: 2,
      // A few points are shown each, or a single one would not be seen at all.
      points: { show: (plot) => plot.data[0].length <= mostDots, size: 5, fill: colour },
      ...(one.isStepped === true ? { paths: parts.stepped } : {}),
    });
  }
  const axis = { stroke: palette.quiet, font, ticks: { show: false }, grid: { stroke: palette.line, width: 1 } };
  return {
    width: Math.max(80, parts.width),
    height: parts.height,
    ms: 1,
    legend: { show: false },
    // The last time of day is centred on its line, so half of it stands out.
    padding: [8, units.length > 1 ? 0 : text * 1.6, 0, 0],
    cursor: {
      y: false,
      points: { size: 9, fill: palette.surface, width: 2 },
      drag: { x: true, y: false, setScale: false },
    },
    scales: {
      ...Object.fromEntries(units.map((unit) => [unit, { range: rangeOf(parts.series, unit) }])),
      // Whoever holds the chart sets the span; before that it is the first one.
      x: { time: true, range: (_, min, max) => (min === undefined || max === undefined ? parts.span() : [min, max]) },
    },
    series,
    axes: [
      {
        ...axis,
        size: text * 2.2,
        space: text * 7,
        // Labels are minutes and days, so no step is finer than they tell apart.
        incrs: timeStepsMs,
        values: (plot, splits) => {
          const wide = (plot.scales["x"]?.max ?? 0) - (plot.scales["x"]?.min ?? 0) > 2 * dayMs;
          return splits.map((at) => (wide ? parts.date(at) : parts.clock(at)));
        },
      },
      ...units.map((unit, index) => ({
        ...axis,
        scale: unit,
        side: index === 0 ? 3 : 1,
        size: text * 5.6,
        space: text * 2.6,
        grid: { show: index === 0, stroke: palette.line, width: 1 },
        values: (_: uPlot, splits: number[]) =>
          splits.map((value, at) => (at === splits.length - 1 ? `${rounded(value)} ${unit}` : rounded(value))),
      })),
    ],
    hooks: {
      setCursor: [(plot) => parts.onCursor(plot.cursor.idx)],
      setSelect: [
        (plot) => {
          if (plot.select.width < 8) return;
          const from = plot.posToVal(plot.select.left, "x");
          const to = plot.posToVal(plot.select.left + plot.select.width, "x");
          plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
          parts.onSpan({ from, to });
        },
      ],
    },
  };
}

/** From the lowest to the highest value with some air, and never less than the axis' own least span: a flat line is drawn flat. */
function rangeOf(series: readonly ChartSeries[], unit: string): uPlot.Scale.Range {
  const least = Math.max(0, ...series.filter((one) => one.unit === unit).map((one) => one.least ?? 0));
  return (_, min, max) => axisRange(min, max, least);
}

// Splits are sums of steps, so 0.1 + 0.2 must not be written in full.
const rounded = (value: number): string => String(Number(value.toFixed(3)));
