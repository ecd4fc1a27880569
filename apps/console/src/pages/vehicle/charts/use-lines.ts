import type { CloudClient } from "@caravan/link";
import { useCallback, useEffect, useEffectEvent, useRef, useState } from "react";
import { grown, lineOf, type Line } from "../../fleet/live-history.ts";
import { isEnough, isLongGrown, wider, type Range, type Span } from "./view-span.ts";

/** As many as the cloud gives for one signal. */
const mostPoints = 4_000;
/** So long the hand must rest before finer points are asked for. */
const restMs = 180;
const growEveryMs = 1_000;

export interface Lines {
  readonly lines: ReadonlyMap<string, Line>;
  /** Width in time of the stretches that each hold a lowest and a highest point. */
  readonly stretchMs: number;
  readonly state: "loading" | "ready" | "failed";
  readonly now: number;
  readonly retry: () => void;
}

interface Loaded {
  readonly key: string;
  readonly span: Span;
  readonly lines: ReadonlyMap<string, Line>;
}

/** The history of some signals where a range needs it, growing with what comes; what was loaded before stays while finer points are on their way. */
export function useLines(cloud: CloudClient, vehicle: string, signals: readonly string[], range: Range): Lines {
  const [loaded, setLoaded] = useState<Loaded>();
  const [hasFailed, setFailed] = useState(false);
  const [now, setNow] = useState(() => Date.now());
  const key = signals.join(",");
  const grow = useEffectEvent(() => {
    setNow(Date.now());
    const car = cloud.state().fleet?.get(vehicle);
    if (car === undefined || range.kind === "span") return;
    setLoaded((before) => {
      if (before === undefined) return before;
      const lines = [...before.lines].map(([path, line]) => [path, grown(line, car, path, mostPoints * 2)] as const);
      return lines.every(([path, line]) => before.lines.get(path) === line)
        ? before
        : { ...before, lines: new Map(lines) };
    });
  });
  useEffect(() => {
    const timer = setInterval(() => grow(), growEveryMs);
    return () => clearInterval(timer);
  }, []);

  const asked = useRef(0);
  const load = useCallback(
    async (of: { readonly vehicle: string; readonly key: string; readonly range: Range }) => {
      const turn = ++asked.current;
      const span = wider(of.range, Date.now());
      const wanted = of.key.split(",");
      const answer = await cloud.history(of.vehicle, { paths: wanted, ...span, points: mostPoints });
      // Only the newest question counts.
      if (turn !== asked.current) return;
      setFailed(answer.kind === "failed");
      if (answer.kind === "failed") return;
      setLoaded({ key: of.key, span, lines: new Map(wanted.map((path) => [path, lineOf(answer.value, path)])) });
      setNow(Date.now());
    },
    [cloud],
  );
  const restFor = useEffectEvent((wanted: string, shown: Range) => {
    if (loaded?.key !== wanted) return 0;
    return isEnough(loaded.span, shown, Date.now()) ? undefined : restMs;
  });
  // What has grown for long is asked for anew, thinned again, before its oldest points would have to go.
  const isLong = loaded !== undefined && isLongGrown(loaded.span, range, now);
  useEffect(() => {
    const rest = key === "" ? undefined : isLong ? restMs : restFor(key, range);
    if (rest === undefined) return;
    const timer = setTimeout(() => void load({ vehicle, key, range }), rest);
    return () => clearTimeout(timer);
  }, [load, vehicle, key, range, isLong]);

  const isOurs = loaded?.key === key;
  const noLines: ReadonlyMap<string, Line> = new Map();
  return {
    lines: loaded?.lines ?? noLines,
    stretchMs: loaded === undefined ? 0 : ((loaded.span.to - loaded.span.from) / mostPoints) * 2,
    state: hasFailed ? "failed" : isOurs ? "ready" : "loading",
    now,
    retry: () => {
      setFailed(false);
      void load({ vehicle, key, range });
    },
  };
}
