import { Enrolment } from "@caravan/link";
import type { CarFacts, EnrolmentRequest } from "@caravan/link";
import { Value } from "typebox/value";
import { enrolmentKey, isConsistent, writeIdentity } from "./identity.ts";
import type { Identity } from "./identity.ts";
import { makeKey, makeRequest } from "./request.ts";

export type EnrolmentOutcome =
  | { readonly kind: "enrolled"; readonly identity: Identity }
  /** The cloud did not answer, or not now: try again. */
  | { readonly kind: "later" }
  /** Trying again is of no use; `why` is a sentence. */
  | { readonly kind: "refused"; readonly why: string };

const answerWithinMs = 10_000;
const mostAnswerBytes = 64 * 1024;

/** Joins the cloud: sends the code and a request for the car's own key, keeps what comes back. The key itself never leaves the car. */
export async function enrol(parts: {
  readonly url: string;
  readonly code: string;
  readonly car: CarFacts;
  readonly folder: string;
  readonly signal: AbortSignal;
}): Promise<EnrolmentOutcome> {
  const { url, code, car, folder, signal } = parts;
  if (!isTrustworthy(url)) {
    return {
      kind: "refused",
      why: "The car joins a cloud on another machine over https only, since the code would be seen on the way.",
    };
  }
  const key = await enrolmentKey(folder, makeKey);
  const body: EnrolmentRequest = { code, csr: makeRequest(key), car };
  let response: Response;
  let answer: unknown;
  try {
    response = await fetch(new URL("/api/vehicles/enrol", url), {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
      redirect: "error",
      signal: AbortSignal.any([signal, AbortSignal.timeout(answerWithinMs)]),
    });
    const text = await response.text();
    answer = text.length > mostAnswerBytes ? undefined : JSON.parse(text);
  } catch {
    return { kind: "later" };
  }
  if (response.status === 403)
    return {
      kind: "refused",
      why: "The cloud does not know the car's enrolment code; it may have expired or been used.",
    };
  if (response.status === 400)
    return { kind: "refused", why: "The cloud cannot read the car's request to join; is the enrolment code whole?" };
  if (!response.ok || !Value.Check(Enrolment, answer)) return { kind: "later" };
  const { vehicle, certificate, ca, mqtt } = answer;
  const identity: Identity = { v: 1, key, vehicle, certificate, ca, mqtt };
  if (!isConsistent(identity))
    return { kind: "refused", why: "The cloud answered with a certificate that does not fit the car's key." };
  await writeIdentity(folder, identity);
  return { kind: "enrolled", identity };
}

/** Plain http only where it cannot leave the machine. */
function isTrustworthy(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === "https:" || ["localhost", "127.0.0.1", "[::1]"].includes(hostname);
}
