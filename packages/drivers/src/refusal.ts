/** Every reason the gate has for saying no. Screens translate these words; the list only grows. */
export const refusals = [
  "unknown-signal",
  "not-an-actuator",
  "bad-value",
  "not-allowed",
  "moving",
  "locked",
  "door-open",
  "cable-connected",
  "not-available",
  "not-drivable",
  "superseded",
  "busy",
  "no-answer",
  "denied",
] as const;

export type Refusal = (typeof refusals)[number];

/** The same reasons as English sentences, for logs and for clients without words of their own. */
export const refusalSentences: Readonly<Record<Refusal, string>> = {
  "unknown-signal": "This car has no such signal.",
  "not-an-actuator": "This signal can only be read.",
  "bad-value": "The value does not fit the signal's type, range or allowed values.",
  "not-allowed": "Whoever asked may not do this.",
  moving: "Not while the car is moving.",
  locked: "It is locked.",
  "door-open": "A door, the trunk or the hood is open.",
  "cable-connected": "The charging cable is connected.",
  "not-available": "This car cannot do that by command.",
  "not-drivable": "The car cannot drive this path now.",
  superseded: "A newer command for the same signal took its place.",
  busy: "Too many commands are waiting for an answer.",
  "no-answer": "The car did not do it in time.",
  denied: "What carries it out in this car said no.",
};
