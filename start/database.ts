import { join } from "node:path";
import { Supervisor } from "./supervisor.ts";

/** Has the cloud's own program dump, restore or stop the database of a data folder. Throws Problem with its sentence. */
export async function tendDatabase(
  where: { readonly root: string; readonly data: string; readonly databaseUrl?: string | undefined },
  verb: "dump" | "restore" | "stop",
  folder: string,
): Promise<void> {
  const supervisor = new Supervisor({
    root: where.root,
    tell: (line) => process.stderr.write(`${line}\n`),
    changed: () => {},
  });
  await supervisor.once({
    name: "database",
    script: join(where.root, "apps", "cloud", "database.ts"),
    args: [verb, folder],
    environment: { CARAVAN_DATA: where.data, DATABASE_URL: where.databaseUrl ?? "" },
  });
}
