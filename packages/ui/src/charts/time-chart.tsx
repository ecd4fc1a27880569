import {
  useEffect,
  useEffectEvent,
  useId,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
  type ReactElement,
} from "react";
import type uPlot from "uplot";
import { EmptyState } from "../controls/states.tsx";
import { useScreen } from "../screen.tsx";
import type { Look, ScreenKind } from "../tokens.ts";
import { useWords } from "../use-words.ts";
import type { Language } from "../words.ts";
import { chartOptions } from "./chart-options.ts";
import type { ChartSeries } from "./chart-series.ts";
import { chartWords } from "./chart-words.ts";
import { columnsOf, type Columns } from "./columns.ts";
import { Peaks } from "./peaks.ts";

const usualGapMs = 120_000;
/** Of the span that is shown, for one turn of a wheel's notch (100 px). */
const wheelShare = 0.15;
const panKeys: Readonly<Record<string, number>> = { ArrowLeft: -0.1, ArrowRight: 0.1, PageUp: -0.8, PageDown: 0.8 };

/**
 * Values over time, with gaps where none came for `gapMs`; grows live as `series` grow; read out under the cursor, by arrow keys and by a screen
 * reader. Of a million points it draws as many as the glass can show, the peaks among them.
 */
export function TimeChart(props: {
  readonly label: string;
  readonly series: readonly ChartSeries[];
  /** UTC ms; the span of the data unless given. */
  readonly from?: number;
  readonly to?: number;
  /** CSS pixels. */
  readonly height?: number;
  readonly gapMs?: number;
  readonly emptyText: string;
  /** A span was drawn with the mouse, or the chart was moved by wheel or keys (with Shift). */
  readonly onSpan?: (span: { readonly from: number; readonly to: number }) => void;
  /** The moment under the cursor (UTC ms), undefined when it leaves. */
  readonly onMoment?: (at: number | undefined) => void;
}): ReactElement {
  const { look, screen, language, formats } = useScreen();
  const say = useWords(chartWords);
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const readout = useRef<HTMLParagraphElement>(null);
  const chart = useRef<uPlot>(undefined);
  const [isDrawn, setDrawn] = useState(true);
  const { series, from, to } = props;
  const height = props.height ?? 220;
  const gapMs = props.gapMs ?? usualGapMs;
  const [known] = useState(() => new WeakMap<ArrayLike<number>, { readonly gapMs: number; readonly peaks: Peaks }>());
  const lines = series.map((one) => {
    const before = known.get(one.values);
    if (before?.gapMs === gapMs) return before.peaks;
    const peaks = new Peaks(one.at, one.values, gapMs);
    known.set(one.values, { gapMs, peaks });
    return peaks;
  });
  const isEmpty = series.every((one) => one.at.length === 0);
  // A chart is built anew only when its lines change, not when they grow.
  const shape = series.map((one) => `${one.label}/${one.unit}/${one.tone}/${one.isStepped}`).join("|");
  const start = from ?? Math.min(...series.flatMap((one) => (one.at.length === 0 ? [] : [one.at[0]])));
  const end = to ?? Math.max(...series.flatMap((one) => (one.at.length === 0 ? [] : [one.at[one.at.length - 1]])));
  const span = useMemo(() => ({ min: start, max: end > start ? end : start + 1 }), [start, end]);
  const drawn = useRef<Columns>([[]]);
  const tell = useEffectEvent((index: number | null | undefined) => {
    if (readout.current === null) return;
    const columns = drawn.current;
    const time = index === null || index === undefined ? undefined : columns[0][index];
    props.onMoment?.(time);
    if (time === undefined) {
      readout.current.textContent = "";
      return;
    }
    const parts = [formats.dateTime(time)];
    for (const [at, one] of series.entries()) {
      const value = index === null || index === undefined ? undefined : columns[at + 1]?.[index];
      if (value !== null && value !== undefined) parts.push(`${one.label} ${one.format(value)}`);
    }
    readout.current.textContent = parts.join("  ·  ");
  });
  const spanDrawn = useEffectEvent((span: { from: number; to: number }) => props.onSpan?.(span));
  const build = useEffectEvent((width: number, stepped: uPlot.Series.PathBuilder, wear: Clothes) =>
    chartOptions({
      ...wear,
      series,
      stepped,
      width,
      height,
      clock: (at) => formats.clock(at),
      date: (at) => formats.date(at),
      span: () => [span.min, span.max],
      onCursor: (index) => tell(index),
      onSpan: (span) => spanDrawn(span),
    }),
  );
  const draw = useEffectEvent(() => {
    const plot = chart.current;
    if (plot === undefined) return;
    // One stretch for each pixel in width.
    const stretches = Math.max(1, plot.over.clientWidth);
    const columns = columnsOf(lines.map((line) => line.window(span.min, span.max, stretches)));
    drawn.current = columns;
    plot.batch(() => {
      plot.setData(columns, false);
      plot.setScale("x", span);
    });
  });
  const move = useEffectEvent((byShare: number, factor: number, around: number) => {
    const width = span.max - span.min;
    const at = span.min + width * around;
    const moved = byShare * width;
    props.onSpan?.({
      from: at - (at - span.min) * factor + moved,
      to: at + (span.max - at) * factor + moved,
    });
  });

  useEffect(() => {
    const element = box.current;
    if (element === null || isEmpty || shape === "") return;
    let close = () => {};
    let gone = false;
    const open = async () => {
      const { drawChart, stepped } = await import("./draw-chart.ts");
      if (gone) return;
      const plot = drawChart(element, build(element.clientWidth, stepped, { look, screen, language }), [[]]);
      chart.current = plot;
      draw();
      const watcher = new ResizeObserver(() => {
        plot.setSize({ width: element.clientWidth, height });
        draw();
      });
      watcher.observe(element);
      const onWheel = (event: WheelEvent) => {
        // A wheel alone scrolls the page; with Ctrl or by a touchpad's pinch it zooms, sideways it moves.
        const isZoom = event.ctrlKey || event.metaKey;
        if (!isZoom && Math.abs(event.deltaX) <= Math.abs(event.deltaY)) return;
        event.preventDefault();
        const around = (event.clientX - plot.over.getBoundingClientRect().left) / plot.over.clientWidth;
        if (isZoom) move(0, Math.exp((event.deltaY / 100) * wheelShare), Math.max(0, Math.min(1, around)));
        else move((event.deltaX / 100) * wheelShare, 1, 0.5);
      };
      element.addEventListener("wheel", onWheel, { passive: false });
      close = () => {
        element.removeEventListener("wheel", onWheel);
        watcher.disconnect();
        plot.destroy();
        chart.current = undefined;
      };
    };
    // Without the drawing the summary still tells the figures.
    open().catch(() => setDrawn(false));
    return () => {
      gone = true;
      close();
    };
  }, [shape, look, screen, language, height, isEmpty]);

  // After each render: whatever came, from new points to another span, is drawn at once, and the same again costs little.
  useEffect(() => draw());

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const plot = chart.current;
    const step = { ArrowLeft: -1, ArrowRight: 1, PageUp: -20, PageDown: 20 }[event.key];
    if (plot === undefined) return;
    const isZoom = event.key === "+" || event.key === "-";
    if (props.onSpan !== undefined && (isZoom || (event.shiftKey && step !== undefined))) {
      event.preventDefault();
      if (isZoom) move(0, event.key === "+" ? 0.5 : 2, 0.5);
      else move(panKeys[event.key] ?? 0, 1, 0.5);
      return;
    }
    if (step === undefined) return;
    event.preventDefault();
    const columns = drawn.current;
    const last = columns[0].length - 1;
    const index = Math.max(0, Math.min(last, (plot.cursor.idx ?? last) + step));
    plot.setCursor({ left: plot.valToPos(columns[0][index] ?? 0, "x"), top: 0 });
  };

  return (
    <figure className="ui-chart" aria-labelledby={id}>
      <figcaption className="ui-chart-head">
        <span id={id}>{props.label}</span>
        <p ref={readout} className="ui-chart-readout ui-figure" aria-live="polite" />
      </figcaption>
      {isEmpty ? (
        <EmptyState icon="chart" title={props.emptyText} />
      ) : (
        <>
          <p className={isDrawn ? "ui-unseen" : undefined}>
            {series
              .map((one, index) => {
                const { lowest, highest } = lines[index] ?? {};
                return lowest === undefined || highest === undefined
                  ? ""
                  : say.summary({
                      label: one.label,
                      last: one.format(one.values[one.values.length - 1]),
                      low: one.format(lowest),
                      high: one.format(highest),
                    });
              })
              .join(" ")}
          </p>
          <div
            ref={box}
            className="ui-chart-box"
            style={{ blockSize: height }}
            tabIndex={0}
            role="application"
            aria-label={`${props.label}. ${say.help} ${props.onSpan === undefined ? "" : say.moveHelp}`}
            onKeyDown={onKeyDown}
          />
        </>
      )}
    </figure>
  );
}

interface Clothes {
  readonly look: Look;
  readonly screen: ScreenKind;
  readonly language: Language;
}
