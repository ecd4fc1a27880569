import type { DriverEnd } from "../driver.ts";

/** Where one driver stands. `failures` in a row decide how long it has to wait; `abandoned` runs never ended although they were told to. */
export type Supervision =
  | { readonly kind: "running"; readonly since: number; readonly failures: number; readonly abandoned: number }
  | {
      readonly kind: "ending";
      readonly since: number;
      readonly why: string;
      readonly failures: number;
      readonly abandoned: number;
    }
  | {
      readonly kind: "waiting";
      readonly until: number;
      readonly why: string;
      readonly failures: number;
      readonly abandoned: number;
    }
  | { readonly kind: "over" }
  /** It does not even end when told to; only a restart of the car computer helps. */
  | { readonly kind: "given up"; readonly why: string };

export type SupervisionEvent =
  | { readonly kind: "tick"; readonly heardAt: number; readonly isFlooding: boolean }
  | { readonly kind: "ended"; readonly end: DriverEnd };

/** `begin` a run; `cut` it: abort it and take nothing more from it; `withdraw` its readings. */
export type SupervisionEffect = "begin" | "cut" | "withdraw";

export interface SupervisionLimits {
  readonly stallAfterMs: number;
}

const firstPauseMs = 500;
const longestPauseMs = 30_000;
/** A run that held so long has earned a fresh start. */
const goodRunMs = 60_000;
/** So long a run may take to end once it was told to. */
const graceMs = 2_000;
const mostAbandoned = 3;

/** Half a second, then twice as long after each failure in a row, up to half a minute. */
export function pauseMs(failures: number): number {
  return Math.min(longestPauseMs, firstPauseMs * 2 ** Math.min(failures - 1, 10));
}

export const begun = (now: number): Supervision => ({ kind: "running", since: now, failures: 0, abandoned: 0 });

/** What happens next to a driver; pure, so that every failure can be played in a test. */
export function supervise(
  state: Supervision,
  event: SupervisionEvent,
  now: number,
  limits: SupervisionLimits,
): readonly [Supervision, readonly SupervisionEffect[]] {
  switch (state.kind) {
    case "running":
      if (event.kind === "ended") {
        if (event.end.kind === "over") return [{ kind: "over" }, ["withdraw"]];
        return [waitAfter(state, event.end.why, now), ["withdraw"]];
      }
      if (event.isFlooding) return cut(state, "flooded the car with readings", now);
      if (now - Math.max(state.since, event.heardAt) > limits.stallAfterMs) return cut(state, "fell silent", now);
      return [state, []];
    case "ending":
      if (event.kind === "ended") return [waitAfter(state, state.why, now), []];
      if (now - state.since <= graceMs) return [state, []];
      if (state.abandoned + 1 >= mostAbandoned) return [{ kind: "given up", why: `${state.why} and did not end` }, []];
      return [waitAfter({ ...state, abandoned: state.abandoned + 1 }, `${state.why} and did not end`, now), []];
    case "waiting": {
      if (event.kind === "ended" || now < state.until) return [state, []];
      const { failures, abandoned } = state;
      return [{ kind: "running", since: now, failures, abandoned }, ["begin"]];
    }
    case "over":
    case "given up":
      return [state, []];
  }
}

type Begun = Extract<Supervision, { kind: "running" | "ending" }>;

function cut(
  { since, failures, abandoned }: Begun,
  why: string,
  now: number,
): readonly [Supervision, readonly SupervisionEffect[]] {
  const before = now - since >= goodRunMs ? 0 : failures;
  return [{ kind: "ending", since: now, why, failures: before, abandoned }, ["cut", "withdraw"]];
}

function waitAfter(state: Begun, why: string, now: number): Supervision {
  const before = state.kind === "running" && now - state.since >= goodRunMs ? 0 : state.failures;
  const failures = before + 1;
  return { kind: "waiting", until: now + pauseMs(failures), why, failures, abandoned: state.abandoned };
}
