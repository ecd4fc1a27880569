import type { Failure } from "../car/answer.ts";
import type { Say } from "./words.ts";

/** The sentence for what the car would not do. Codes of a newer car get the plain "the car said no". */
export function whySentence(say: Say, why: string): string {
  switch (why) {
    case "moving":
      return say.whyMoving;
    case "door-open":
      return say.whyDoorOpen;
    case "locked":
      return say.whyLocked;
    case "cable-connected":
      return say.whyCable;
    case "unknown-signal":
    case "not-an-actuator":
    case "not-available":
      return say.whyUnsupported;
    case "bad-value":
      return say.whyRange;
    case "not-allowed":
      return say.whyNotAllowed;
    case "not-drivable":
      return say.whyNotDrivable;
    case "busy":
      return say.whyBusy;
    case "no-answer":
      return say.whyNoAnswer;
    default:
      return say.whyRefused;
  }
}

/** The sentence for a question that failed. */
export function errorSentence(say: Say, { code, why }: Pick<Failure, "code" | "why">): string {
  switch (code) {
    case "no-connection":
      return say.whyOffline;
    case "moving":
      return say.whyMoving;
    case "refused":
      return whySentence(say, why);
    case "no-route":
      return say.whyNoRoute;
    case "not-on-a-road":
      return say.whyNotOnRoad;
    case "no-position":
      return say.whyNoPosition;
    case "not-simulated":
      return say.whyNotSimulated;
    case "not-found":
      return say.whyNotFound;
    case "limit-reached":
      return say.whyLimit;
    case "bad-request":
    case "fault":
      return say.whyFault;
  }
}
