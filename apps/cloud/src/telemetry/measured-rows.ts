// Hot: runs for every sample that arrives.
import type { SignalValue } from "@caravan/link";

/** Where a row comes from: the batch and who sent it. */
export interface RowOrigin {
  readonly vehicle: number;
  readonly boot: number;
  readonly seq: number;
  /** Index in `batchClasses`. */
  readonly class: number;
  readonly campaign: string | null;
}

/** The samples of one batch in one second, each list as PostgreSQL writes arrays, without its brackets. */
interface Row {
  count: number;
  signals: string;
  offsets: string;
  numbers: string;
  carAt: string;
  hasCarAt: boolean;
  others: Record<string, SignalValue> | undefined;
}

/** One row for each batch and second, as columns for one multi-row insert. */
export class MeasuredRows {
  /** UTC ms at the beginning of the second. */
  readonly at: number[] = [];
  readonly vehicle: number[] = [];
  readonly boot: number[] = [];
  readonly seq: number[] = [];
  readonly class: number[] = [];
  readonly campaign: (string | null)[] = [];
  /** Array literals. */
  readonly signals: string[] = [];
  readonly offsets: string[] = [];
  readonly numbers: string[] = [];
  readonly carAt: (string | null)[] = [];
  /** JSON text. */
  readonly others: (string | null)[] = [];
  samples = 0;
  readonly #rows = new Map<number, Row>();

  /** A sample of the batch that `end` closes: `at` is where it is filed, `carAt` what the car's clock said. */
  add(signal: number, at: number, carAt: number, value: SignalValue | undefined): void {
    const second = Math.floor(at / 1_000);
    let row = this.#rows.get(second);
    if (row === undefined) {
      row = { count: 0, signals: "", offsets: "", numbers: "", carAt: "", hasCarAt: false, others: undefined };
      this.#rows.set(second, row);
    }
    const comma = row.count === 0 ? "" : ",";
    row.signals += comma + signal;
    row.offsets += comma + Math.floor(at - second * 1_000);
    if (typeof value === "number") row.numbers += comma + value;
    else {
      row.numbers += `${comma}NULL`;
      if (value !== undefined) (row.others ??= {})[row.count] = value;
    }
    row.carAt += carAt === at ? `${comma}NULL` : comma + carAt;
    if (carAt !== at) row.hasCarAt = true;
    row.count += 1;
    this.samples += 1;
  }

  /** Closes a batch: what was added since the last one is of this origin. */
  end(origin: RowOrigin): void {
    for (const [second, row] of this.#rows) {
      this.at.push(second * 1_000);
      this.vehicle.push(origin.vehicle);
      this.boot.push(origin.boot);
      this.seq.push(origin.seq);
      this.class.push(origin.class);
      this.campaign.push(origin.campaign);
      this.signals.push(`{${row.signals}}`);
      this.offsets.push(`{${row.offsets}}`);
      this.numbers.push(`{${row.numbers}}`);
      this.carAt.push(row.hasCarAt ? `{${row.carAt}}` : null);
      this.others.push(row.others === undefined ? null : JSON.stringify(row.others));
    }
    this.#rows.clear();
  }
}
