import type { Generated } from "kysely";

/** The tables of migrations/, as Kysely sees them; `measured` is written and read in SQL of its own. */
export interface TelemetryTables {
  signal_path: { signal: Generated<number>; path: string };
  twin_state: { vehicle: number; latest: unknown };
  twin_kept: { only_row: Generated<boolean>; at: Date };
  archive_file: { name: string; day: number; samples: string; bytes: string; made_at: Date };
  batch_gap: {
    vehicle: number;
    found_at: Date;
    boot: string;
    class: number;
    first_seq: string;
    last_seq: string;
    kind: string;
    from_at: Date | null;
    to_at: Date | null;
  };
  /** Of vehicles/, read only: which vehicle a number stands for. */
  vehicle: { number: number; vehicle: string };
  /** 64-bit numbers come from the database as text. */
  batch_cursor: {
    vehicle: number;
    boot: string;
    last_seq: string;
    skipped: string;
    unreadable: string;
    class: number;
    last_at: Date | null;
    updated_at: Date;
  };
}
