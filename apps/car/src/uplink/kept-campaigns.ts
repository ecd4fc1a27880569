import { open, readFile, rename } from "node:fs/promises";
import { join } from "node:path";
import { purposes } from "@caravan/link/campaigns";
import Type from "typebox";
import type { Static } from "typebox";
import { Value } from "typebox/value";

/** What a car remembers of its campaigns: the last list as it was signed, what the people in it consent to, and which conditions were true. */
const Kept = Type.Object({
  v: Type.Literal(1),
  /** The message of `down/campaigns`, byte for byte; checked anew at each start. */
  message: Type.Optional(Type.String({ maxLength: 128 * 1024 })),
  consents: Type.Record(Type.Enum(purposes), Type.Boolean()),
  held: Type.Array(Type.String({ maxLength: 24 }), { maxItems: 16 }),
});
export type KeptCampaigns = Static<typeof Kept>;

/** Nothing is given away that goes beyond what the owner's own screens and workshop need, until somebody in the car says so. */
export const freshCampaigns: KeptCampaigns = {
  v: 1,
  consents: { operation: true, service: true, research: false, marketing: false },
  held: [],
};

const fileName = "campaigns.json";

/** What was kept in this folder; a file that cannot be read counts as none, with `wasDamaged` set. */
export async function readKept(
  folder: string,
): Promise<{ readonly kept: KeptCampaigns; readonly wasDamaged: boolean }> {
  let text: string;
  try {
    text = await readFile(join(folder, fileName), "utf8");
  } catch {
    return { kept: freshCampaigns, wasDamaged: false };
  }
  try {
    const value: unknown = JSON.parse(text);
    if (Value.Check(Kept, value)) return { kept: value, wasDamaged: false };
  } catch {
    // Damaged: answered below.
  }
  // Who refused something must not be taken to consent to it because a file broke.
  const nothing = { operation: false, service: false, research: false, marketing: false };
  return { kept: { ...freshCampaigns, consents: nothing }, wasDamaged: true };
}

/** Whole or not at all, and on the disk when it returns. */
export async function writeKept(folder: string, kept: KeptCampaigns): Promise<void> {
  const path = join(folder, fileName);
  const file = await open(`${path}.new`, "w", 0o600);
  try {
    await file.writeFile(JSON.stringify(kept));
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(`${path}.new`, path);
}
