import { answerTo, requestBytes } from "./services.ts";
import type { UdsRequest } from "./services.ts";

export type UdsOutcome =
  | { readonly kind: "answer"; readonly answer: readonly number[] }
  /** The control unit says no, with the code of ISO 14229-1. */
  | { readonly kind: "negative"; readonly code: number }
  | { readonly kind: "failed"; readonly why: string };

/** A request on its way; `asked` before it is sent whole. */
export interface Asking {
  readonly request: UdsRequest;
  readonly deadline: number;
  readonly pending: number;
}

export type AskingEvent =
  | { readonly kind: "message"; readonly message: readonly number[] }
  | { readonly kind: "broken"; readonly why: string }
  | { readonly kind: "tick" };

/** P2 of the client with room for slow gateways, and P2* once the unit has said "response pending". */
const answerWithinMs = 1_500;
const pendingAnswerWithinMs = 5_500;
const mostPending = 20;
const negativeResponse = 0x7f;
const responsePending = 0x78;

export const beginAsking = (request: UdsRequest, now: number): Asking => ({
  request,
  deadline: now + answerWithinMs,
  pending: 0,
});

/** What comes of a request: it goes on, or it has an outcome. Answers to something else are passed over. */
export function stepAsking(asking: Asking, event: AskingEvent, now: number): Asking | UdsOutcome {
  switch (event.kind) {
    case "tick":
      return now > asking.deadline ? { kind: "failed", why: "no answer" } : asking;
    case "broken":
      return { kind: "failed", why: event.why };
    case "message": {
      const { message } = event;
      const [service = 0] = requestBytes(asking.request);
      if (message[0] === negativeResponse && message[1] === service) {
        const code = message[2] ?? 0;
        if (code !== responsePending) return { kind: "negative", code };
        const pending = asking.pending + 1;
        if (pending > mostPending) return { kind: "failed", why: "the answer was put off for too long" };
        return { ...asking, pending, deadline: now + pendingAnswerWithinMs };
      }
      const answer = answerTo(asking.request, message);
      return answer === undefined ? asking : { kind: "answer", answer };
    }
  }
}
