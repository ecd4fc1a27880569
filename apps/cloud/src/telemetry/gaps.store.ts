import { batchClasses } from "@caravan/link/campaigns";
import type { Kysely } from "kysely";
import type { OpenGap } from "./open-gaps.ts";
import type { TelemetryTables } from "./tables.ts";

/** Batches that did not come in their order, and what became of them. */
export interface RecordedGap extends OpenGap {
  /** `lost`: given up by the car to keep its outbox in bounds; `filled`: came later; `open`: still waited for. */
  readonly kind: "lost" | "filled" | "open";
  readonly class?: string;
  /** UTC ms by the cloud's clock. */
  readonly foundAt: number;
  /** UTC ms by the car's clock: the last sample before it and the first after it. */
  readonly fromAt?: number;
  readonly toAt?: number;
}

const mostGaps = 1_000;

/** A car's gaps that were found in some time, the newest first, a thousand at most. */
export async function readGaps(
  db: Kysely<TelemetryTables>,
  vehicle: number,
  from: Date,
  to: Date,
): Promise<readonly RecordedGap[]> {
  const rows = await db
    .selectFrom("batch_gap")
    .selectAll()
    .where("vehicle", "=", vehicle)
    .where("found_at", ">=", from)
    .where("found_at", "<", to)
    .orderBy("found_at", "desc")
    .limit(mostGaps)
    .execute();
  return rows.map((row) => {
    const name = batchClasses[row.class];
    return {
      kind: row.kind === "lost" ? "lost" : "filled",
      firstSeq: Number(row.first_seq),
      lastSeq: Number(row.last_seq),
      foundAt: row.found_at.getTime(),
      ...(name === undefined ? {} : { class: name }),
      ...(row.from_at === null ? {} : { fromAt: row.from_at.getTime() }),
      ...(row.to_at === null ? {} : { toAt: row.to_at.getTime() }),
    };
  });
}
