/** The words of OSRM's HTTP API (version 5.x) for what went wrong. */
export type ProblemCode =
  | "InvalidUrl"
  | "InvalidService"
  | "InvalidVersion"
  | "InvalidOptions"
  | "InvalidQuery"
  | "InvalidValue"
  | "NoSegment"
  | "NoRoute"
  | "NoTable"
  | "NoMatch"
  | "NoTrips"
  | "TooBig"
  | "NotImplemented";

export interface OsrmProblem {
  readonly kind: "problem";
  readonly code: ProblemCode;
  readonly message: string;
}

/** An answer as it goes over the wire. */
export interface OsrmAnswer {
  readonly status: number;
  /** JSON in UTF-8. */
  readonly body: Uint8Array<ArrayBuffer>;
}

export function problem(code: ProblemCode, message: string): OsrmProblem {
  return { kind: "problem", code, message };
}

/** What is refused or impossible is always answered with 400, as OSRM does. */
export function problemAnswer({ code, message }: OsrmProblem): OsrmAnswer {
  return { status: 400, body: new TextEncoder().encode(JSON.stringify({ code, message })) };
}
