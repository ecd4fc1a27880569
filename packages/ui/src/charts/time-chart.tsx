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
import { IconButton } from "../controls/button.tsx";
import { useScreen } from "../screen.tsx";
import type { Look, ScreenKind } from "../tokens.ts";
import { useWords } from "../use-words.ts";
import type { Language } from "../words.ts";
import { chartOptions } from "./chart-options.ts";
import type { ChartSeries } from "./chart-series.ts";
import { chartWords } from "./chart-words.ts";
import { columnsOf, extremesOf } from "./columns.ts";

const usualGapMs = 120_000;

/** Values over time, with gaps where none came for `gapMs`; grows live as `series` grow; read out under the cursor, by arrow keys and by a screen reader. */
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
  /** A span was drawn with the mouse; undefined asks for the whole again. */
  readonly onSpan?: (span: { readonly from: number; readonly to: number } | undefined) => void;
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
  const columns = useMemo(() => columnsOf(series, gapMs), [series, gapMs]);
  const isEmpty = columns[0].length === 0;
  // A chart is built anew only when its lines change, not when they grow.
  const shape = series.map((one) => `${one.label}/${one.unit}/${one.tone}/${one.low !== undefined}`).join("|");

  const span = useMemo(() => {
    const start = from ?? columns[0][0] ?? 0;
    const end = to ?? columns[0].at(-1) ?? start + 1;
    return { min: start, max: end > start ? end : start + 1 };
  }, [columns, from, to]);
  const tell = useEffectEvent((index: number | null | undefined) => {
    if (readout.current === null) return;
    const time = index === null || index === undefined ? undefined : columns[0][index];
    if (time === undefined) {
      readout.current.textContent = "";
      return;
    }
    const parts = [formats.dateTime(time)];
    let column = 1;
    for (const one of series) {
      const value = index === null || index === undefined ? undefined : columns[column]?.[index];
      if (value !== null && value !== undefined) parts.push(`${one.label} ${one.format(value)}`);
      column += one.low === undefined || one.high === undefined ? 1 : 3;
    }
    readout.current.textContent = parts.join("  ·  ");
  });
  const spanDrawn = useEffectEvent((span: { from: number; to: number }) => props.onSpan?.(span));
  const build = useEffectEvent((width: number, wear: { look: Look; screen: ScreenKind; language: Language }) =>
    chartOptions({
      ...wear,
      series,
      width,
      height,
      clock: (at) => formats.clock(at),
      date: (at) => formats.date(at),
      span: () => [span.min, span.max],
      onCursor: (index) => tell(index),
      onSpan: (span) => spanDrawn(span),
    }),
  );
  const data = useEffectEvent(() => columns);

  useEffect(() => {
    const element = box.current;
    if (element === null || isEmpty || shape === "") return;
    let close = () => {};
    let gone = false;
    const open = async () => {
      const { drawChart } = await import("./draw-chart.ts");
      if (gone) return;
      const plot = drawChart(element, build(element.clientWidth, { look, screen, language }), data());
      chart.current = plot;
      const watcher = new ResizeObserver(() => plot.setSize({ width: element.clientWidth, height }));
      watcher.observe(element);
      close = () => {
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

  useEffect(() => {
    chart.current?.setData(columns, false);
    chart.current?.setScale("x", span);
  }, [columns, span]);

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const plot = chart.current;
    const step = { ArrowLeft: -1, ArrowRight: 1, PageUp: -20, PageDown: 20 }[event.key];
    if (plot === undefined || step === undefined) return;
    event.preventDefault();
    const last = columns[0].length - 1;
    const index = Math.max(0, Math.min(last, (plot.cursor.idx ?? last) + step));
    plot.setCursor({ left: plot.valToPos(columns[0][index] ?? 0, "x"), top: 0 });
  };

  return (
    <figure className="ui-chart" aria-labelledby={id}>
      <figcaption className="ui-chart-head">
        <span id={id}>{props.label}</span>
        <p ref={readout} className="ui-chart-readout ui-figure" aria-live="polite" />
        {props.onSpan === undefined || from === undefined ? null : (
          <IconButton icon="undo" label={say.whole} onPress={() => props.onSpan?.(undefined)} />
        )}
      </figcaption>
      {isEmpty ? (
        <EmptyState icon="chart" title={props.emptyText} />
      ) : (
        <>
          <p className={isDrawn ? "ui-unseen" : undefined}>
            {series
              .map((one) => {
                const known = extremesOf(one);
                return known === undefined
                  ? ""
                  : say.summary({
                      label: one.label,
                      last: one.format(known.last),
                      low: one.format(known.low),
                      high: one.format(known.high),
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
            aria-label={`${props.label}. ${say.help}`}
            onKeyDown={onKeyDown}
          />
        </>
      )}
    </figure>
  );
}
