import type { Generated } from "kysely";

/** The tables of migrations/, as Kysely sees them. */
export interface TelemetryTables {
  signal_path: { signal: Generated<number>; path: string };
  sample: {
    at: Date;
    number: number | null;
    car_at: Date | null;
    vehicle: number;
    signal: number;
    flag: boolean | null;
    words: string | null;
    list: unknown;
  };
  twin: { vehicle: number; signal: number; at: Date; value: unknown };
  /** Of vehicles/, read only: which vehicle a number stands for. */
  vehicle: { number: number; vehicle: string };
  /** 64-bit numbers come from the database as text. */
  batch_cursor: {
    vehicle: number;
    boot: string;
    last_seq: string;
    skipped: string;
    unreadable: string;
    updated_at: Date;
  };
}
