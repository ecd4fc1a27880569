/** What can be wrong with a map, for programs. */
export const mapErrorCodes = [
  "missing-file",
  "not-a-map",
  "broken-map",
  "no-roads",
  "too-large",
  "unsupported",
  "damaged-cache",
  "unwritable",
  "stopped",
] as const;

export type MapErrorCode = (typeof mapErrorCodes)[number];

/** A map that cannot be used. `code` is stable for programs; `message` is one sentence for the person who brought the map. */
export class MapError extends Error {
  readonly code: MapErrorCode;

  constructor(code: MapErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = "MapError";
    this.code = code;
  }
}
