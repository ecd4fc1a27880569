import { agrees } from "./fuzzy.ts";
import { done, wrong } from "../outcome.ts";
import type { StepOutcome } from "../outcome.ts";

/** Compares rows of answers with the rows that were wanted, cell by cell. */
export class Comparison {
  private readonly differences: string[] = [];

  /** `where` says which row and column, for people. */
  cell(where: string, got: string, want: string): void {
    if (!agrees(got, want)) this.differences.push(`${where}: "${got}" instead of "${want}"`);
  }

  note(difference: string): void {
    this.differences.push(difference);
  }

  outcome(): StepOutcome {
    return this.differences.length === 0 ? done : wrong(...this.differences);
  }
}
