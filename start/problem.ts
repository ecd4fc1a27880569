/** What keeps Caravan from starting; `message` is the one sentence for the person who starts it. */
export class Problem extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.name = "Problem";
  }
}
