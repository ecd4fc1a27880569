/** Something that keeps the uplink from starting and that a person must put right; `message` is the one sentence to show them. */
export class UplinkProblem extends Error {
  readonly code: "outbox-unusable" | "outbox-newer" | "identity-unreadable";

  constructor(code: UplinkProblem["code"], message: string, cause?: unknown) {
    super(message, { cause });
    this.name = "UplinkProblem";
    this.code = code;
  }
}
