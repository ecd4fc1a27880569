import { status } from "@grpc/grpc-js";
import type { Refusal } from "@caravan/drivers";
import { refusalSentences } from "@caravan/drivers";

/** What a call ends with instead of an answer. */
export class CallError extends Error {
  readonly code: status;
  readonly details: string;

  constructor(code: status, details: string) {
    super(details);
    this.name = "CallError";
    this.code = code;
    this.details = details;
  }
}

/** The codes are those of Kuksa's databroker where it knows the case. */
export const problems = {
  noSignal: new CallError(status.INVALID_ARGUMENT, "No SignalId provided"),
  longPath: new CallError(status.INVALID_ARGUMENT, "The provided path is too long"),
  unknown: new CallError(status.NOT_FOUND, "Path not found"),
  unknownRoot: new CallError(status.NOT_FOUND, "Specified root branch does not exist"),
  badPattern: new CallError(status.INVALID_ARGUMENT, "Invalid Pattern Argument"),
  empty: new CallError(status.INVALID_ARGUMENT, "No valid id or path specified"),
  buffer: new CallError(status.INVALID_ARGUMENT, "Subscription buffer_size max allowed value is 1000"),
  noValue: new CallError(status.INVALID_ARGUMENT, "No value provided"),
  denied: new CallError(status.PERMISSION_DENIED, "Permission denied"),
  wrongType: new CallError(status.INVALID_ARGUMENT, "Wrong Type"),
  notActuator: new CallError(status.INVALID_ARGUMENT, "Not an actuator"),
  noProvider: new CallError(status.UNAVAILABLE, "No provider for this actuator"),
  taken: new CallError(status.ALREADY_EXISTS, "Somebody provides this signal already"),
  missing: new CallError(status.UNAUTHENTICATED, "Unauthenticated"),
  expired: new CallError(status.UNAUTHENTICATED, "Permission expired"),
  malformed: new CallError(status.INVALID_ARGUMENT, "The message cannot be read"),
  slow: new CallError(status.RESOURCE_EXHAUSTED, "The client reads too slowly"),
  tooMany: new CallError(status.RESOURCE_EXHAUSTED, "Too many streams are open"),
} as const;

/** How a call ends for what the gate said. */
export function refusedCall(why: Refusal): CallError {
  return new CallError(codeOf(why), refusalSentences[why]);
}

function codeOf(why: Refusal): status {
  switch (why) {
    case "unknown-signal":
      return status.NOT_FOUND;
    case "not-an-actuator":
    case "bad-value":
      return status.INVALID_ARGUMENT;
    case "not-allowed":
      return status.PERMISSION_DENIED;
    case "moving":
    case "locked":
    case "door-open":
    case "cable-connected":
    case "not-drivable":
      return status.FAILED_PRECONDITION;
    case "not-available":
      return status.UNAVAILABLE;
    case "busy":
      return status.RESOURCE_EXHAUSTED;
    case "no-answer":
      return status.DEADLINE_EXCEEDED;
    case "superseded":
    case "denied":
      return status.ABORTED;
  }
}
