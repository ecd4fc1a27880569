/** When a campaign by condition sends: the stretch of monotonic time (ms) that is wanted, and what the condition was last. */
export interface Trigger {
  /** Was the condition true when it was last known? */
  readonly held: boolean;
  readonly from: number;
  /** Infinity while a condition that sends for as long as it is true is true; -Infinity before the first time. */
  readonly until: number;
  readonly fired: number;
}

export interface TriggerTerms {
  readonly on: "rising" | "always";
  readonly preMs: number;
  readonly postMs: number;
}

/** `held` is what the condition was before the car computer was started anew: what was true then does not fire again. */
export function freshTrigger(held: boolean): Trigger {
  return { held, from: Infinity, until: -Infinity, fired: 0 };
}

/**
 * The pure step at monotonic time `now`: the condition is true, false, or undefined where a signal of it has no value. A value that goes missing and
 * comes back does not fire; it only ends the sending of a campaign that sends for as long as its condition is true.
 */
export function stepTrigger(trigger: Trigger, value: boolean | undefined, now: number, terms: TriggerTerms): Trigger {
  const { on, preMs, postMs } = terms;
  const isOn = on === "always" && trigger.until === Infinity;
  if (value !== true) {
    const held = value === undefined && trigger.held;
    if (isOn) return { ...trigger, held, until: now + postMs };
    return held === trigger.held ? trigger : { ...trigger, held };
  }
  if (on === "always" ? isOn : trigger.held) return trigger.held ? trigger : { ...trigger, held: true };
  const isOpen = now <= trigger.until;
  return {
    held: true,
    from: Math.min(isOpen ? trigger.from : Infinity, now - preMs),
    until: on === "always" ? Infinity : Math.max(trigger.until, now + postMs),
    fired: trigger.fired + 1,
  };
}
