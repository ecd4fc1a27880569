/** How the car stands with its cloud. */
export type Connecting =
  | { readonly kind: "stopped" }
  | { readonly kind: "enrolling"; readonly attempt: number }
  | { readonly kind: "connecting"; readonly attempt: number }
  | { readonly kind: "online" }
  /** Tries again when the timer ends. */
  | { readonly kind: "waiting"; readonly attempt: number; readonly why: string | undefined }
  /** Needs a person; records go on into the outbox. */
  | { readonly kind: "stuck"; readonly why: string };

export type ConnectingEvent =
  | { readonly kind: "start" }
  | { readonly kind: "enrolled" }
  | { readonly kind: "enrolment-later" }
  | { readonly kind: "enrolment-refused"; readonly why: string }
  | { readonly kind: "connected" }
  | { readonly kind: "closed"; readonly because: "network" | "stranger" | "unknown-here" }
  | { readonly kind: "timer" }
  | { readonly kind: "stop" };

export type ConnectingEffect =
  | { readonly kind: "enrol" }
  | { readonly kind: "connect" }
  | { readonly kind: "disconnect" }
  | { readonly kind: "wait"; readonly ms: number };

/** What the step needs to know of the world. */
export interface Circumstances {
  readonly hasIdentity: boolean;
  /** A code that was not tried yet in vain. */
  readonly hasCode: boolean;
  /** 0 to 1. */
  readonly random: number;
}

const firstDelayMs = 1_000;
const mostDelayMs = 60_000;

/** Half to the whole of a doubling delay: cars that lost the cloud together do not come back together. */
export function retryDelay(attempt: number, random: number): number {
  const whole = Math.min(mostDelayMs, firstDelayMs * 2 ** Math.min(attempt, 10));
  return Math.round(whole / 2 + (whole / 2) * random);
}

/** The pure step: where the car stands after an event, and what is to be done about it. */
export function stepConnecting(
  state: Connecting,
  event: ConnectingEvent,
  world: Circumstances,
): readonly [Connecting, readonly ConnectingEffect[]] {
  switch (event.kind) {
    case "start":
    case "timer": {
      if (event.kind === "start" ? state.kind !== "stopped" : state.kind !== "waiting") return [state, []];
      return begin(state.kind === "waiting" ? state.attempt : 0, world);
    }
    case "enrolled":
      return state.kind === "enrolling" ? begin(0, world) : [state, []];
    case "enrolment-later":
      return state.kind === "enrolling" ? wait(state.attempt, undefined, world) : [state, []];
    case "enrolment-refused":
      if (state.kind !== "enrolling") return [state, []];
      return world.hasIdentity ? wait(state.attempt, event.why, world) : [{ kind: "stuck", why: event.why }, []];
    case "connected":
      return state.kind === "connecting" ? [{ kind: "online" }, []] : [state, []];
    case "closed":
      return closed(state, event.because, world);
    case "stop":
      return [{ kind: "stopped" }, [{ kind: "disconnect" }]];
  }
}

function begin(attempt: number, world: Circumstances): readonly [Connecting, readonly ConnectingEffect[]] {
  if (world.hasIdentity) return [{ kind: "connecting", attempt }, [{ kind: "connect" }]];
  if (world.hasCode) return [{ kind: "enrolling", attempt }, [{ kind: "enrol" }]];
  return [{ kind: "stuck", why: "The car has not joined a cloud yet and has no enrolment code." }, []];
}

function closed(
  state: Connecting,
  because: "network" | "stranger" | "unknown-here",
  world: Circumstances,
): readonly [Connecting, readonly ConnectingEffect[]] {
  if (state.kind !== "connecting" && state.kind !== "online") return [state, []];
  const attempt = state.kind === "connecting" ? state.attempt : 0;
  if (because === "network") return wait(attempt, undefined, world);
  // A cloud that was set up anew knows neither this car nor its certificate; with a code the car joins again.
  if (world.hasCode) return [{ kind: "enrolling", attempt }, [{ kind: "enrol" }]];
  const why =
    because === "stranger"
      ? "The cloud at this address is not the one that the car has joined; it needs a new enrolment code."
      : "The cloud no longer knows this car; it needs a new enrolment code.";
  return wait(attempt, why, world);
}

function wait(
  attempt: number,
  why: string | undefined,
  world: Circumstances,
): readonly [Connecting, readonly ConnectingEffect[]] {
  return [{ kind: "waiting", attempt: attempt + 1, why }, [{ kind: "wait", ms: retryDelay(attempt, world.random) }]];
}
