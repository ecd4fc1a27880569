/** Something that keeps the cloud from starting or running and that a person must put right; `message` is the one sentence to show them. */
export class StartProblem extends Error {
  readonly code: string;

  constructor(code: string, message: string, cause?: unknown) {
    super(message, { cause });
    this.name = "StartProblem";
    this.code = code;
  }
}
