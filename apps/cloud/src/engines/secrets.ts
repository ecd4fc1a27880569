import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** A random secret that lies in the data folder, readable by its owner only; made when it is first asked for. */
export function readSecret(data: string, name: string): string {
  const folder = join(data, "secrets");
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, name);
  if (!existsSync(file)) {
    const fresh = `${file}.${process.pid}`;
    writeFileSync(fresh, randomBytes(32).toString("hex"), { mode: 0o600 });
    renameSync(fresh, file);
  }
  return readFileSync(file, "utf8").trim();
}
