export type VissVersion = "VISSv2" | "VISSv3";

/** Everything a request can fail of, in our own words; `errorOf` spells it as the standard of the connection does. */
export type Problem =
  | "malformed"
  | "bad-action"
  | "bad-path"
  | "bad-filter"
  | "bad-value"
  | "bad-duration"
  | "not-a-number-signal"
  | "wrong-type"
  | "outside-limit"
  | "read-only"
  | "branch"
  | "refused"
  | "no-provider"
  | "denied"
  | "token-missing"
  | "token-expired"
  | "token-invalid"
  | "token-insufficient"
  | "unknown-path"
  | "no-data"
  | "unknown-subscription"
  | "too-many"
  | "unavailable"
  | "no-answer";

export interface Failure {
  readonly problem: Problem;
  /** A sentence for the client where the standard lets the server choose one. */
  readonly detail?: string;
}

export const failure = (problem: Problem, detail?: string): Failure =>
  detail === undefined ? { problem } : { problem, detail };

export const isFailure = (result: object): result is Failure => "problem" in result;

export interface WireError {
  readonly number: number;
  readonly reason: string;
  readonly message?: string;
  readonly description?: string;
}

type Line = readonly [number: number, reason: string, text: string];

const malformed2: Line = [
  400,
  "bad_request",
  "The server is unable to fulfil the client request because the request is malformed.",
];
const invalidValue2: Line = [400, "invalid_value", "The requested set value is invalid."];

const unavailable2: Line = [
  503,
  "service_unavailable",
  "The server is currently unable to handle the request due to a temporary overload or scheduled maintenance (which may be alleviated after some delay).",
];

/** W3C VISS version 2, Transport, "Status Codes"; the misspelling is the standard's. */
const version2: Readonly<Record<Problem, Line>> = {
  malformed: malformed2,
  "bad-action": malformed2,
  "bad-path": malformed2,
  "bad-filter": malformed2,
  "bad-value": malformed2,
  branch: malformed2,
  "bad-duration": [400, "invalid_duration", "Time duration is invalid."],
  "not-a-number-signal": [400, "filter_invalid", "Filter requested on non-primitive type."],
  "wrong-type": invalidValue2,
  "outside-limit": invalidValue2,
  "read-only": [401, "read_only", "The desired signal cannot be set since it is a read only signal."],
  refused: [
    403,
    "user_forbidden",
    "The user is not permitted to access the requested resource. Retrying does not help.",
  ],
  "no-provider": unavailable2,
  denied: [
    502,
    "bad_gateway",
    "The server was acting as a gateway or proxy and received an invalid response from an upstream server.",
  ],
  "token-missing": [401, "token_missing", "Access token is missing."],
  "token-expired": [401, "token_expired", "Access token has expired."],
  "token-invalid": [401, "token_invalid", "Access token is invalid."],
  "token-insufficient": [
    406,
    "insufficient_priviledges",
    "The priviledges represented by the access token are not sufficient.",
  ],
  "unknown-path": [404, "invalid_path", "The specified data path does not exist."],
  "no-data": [404, "unavailable_data", "The requested data was not found."],
  "unknown-subscription": [404, "invalid_subscriptionId", "The specified subscription was not found."],
  "too-many": [429, "too_many_requests", "The client has sent the server too many requests in a given amount of time."],
  unavailable: unavailable2,
  "no-answer": [
    504,
    "gateway_timeout",
    "The server did not receive a timely response from an upstream server it needed to access in order to complete the request.",
  ],
};

/** COVESA VISS version 3.0, Transport, "Status Codes" and its sub-chapters; the misspelling is the standard's. */
const version3: Readonly<Record<Problem, Line>> = {
  malformed: [400, "bad_request", "The request is malformed"],
  "bad-action": [400, "bad_request", "Missing or invalid action"],
  "bad-path": [400, "bad_request", "Missing or invalid path"],
  "bad-filter": [400, "bad_request", "Missing or invalid filter"],
  "bad-value": [400, "bad_request", "Missing or invalid value"],
  "bad-duration": [400, "bad_request", "Missing or invalid filter"],
  "not-a-number-signal": [400, "invalid_data", "Incorrect data type"],
  "wrong-type": [400, "invalid_data", "Incorrect data type"],
  "outside-limit": [400, "invalid_data", "Data value outside limit"],
  "read-only": [400, "invalid_data", "Update of a sensor is not supported"],
  branch: [400, "invalid_data", "Requested action on a branch is not supported"],
  refused: [403, "forbidden_request", "The server refuses to carry out the request"],
  "no-provider": [503, "service_unavailable", "Nobody in this car carries out this actuator"],
  denied: [502, "bad_gateway", "What carries out this actuator said no"],
  // Core, "Access Control Server": whatever is denied by access control is told with this number and reason.
  "token-missing": [401, "invalid_token", "Access token is missing"],
  "token-expired": [401, "invalid_token", "Access token has expired"],
  "token-invalid": [401, "invalid_token", "Access token is invalid"],
  "token-insufficient": [401, "invalid_token", "Access token does not allow this"],
  "unknown-path": [404, "unavailable_data", "Data is unknown"],
  "no-data": [404, "unavailable_data", "The requested data was not found"],
  "unknown-subscription": [404, "unavailable_data", "Data is unknown"],
  "too-many": [429, "too_many_requests", "Rate-limiting due to too many requests"],
  unavailable: [503, "service_unavailable", "The server is temporarily unable to handle the request"],
  "no-answer": [504, "gateway_timeout", "The upsteam server took too long to respond"],
};

/** The error object as the standard spells it; only version 3 lets a server put its own sentence there. */
export function errorOf(version: VissVersion, { problem, detail }: Failure): WireError {
  if (version === "VISSv2") {
    const [number, reason, message] = version2[problem];
    return { number, reason, message };
  }
  const [number, reason, description] = version3[problem];
  return { number, reason, description: detail ?? description };
}
