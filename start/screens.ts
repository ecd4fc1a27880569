import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, extname, join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants } from "node:zlib";
import { Type } from "typebox";
import { Value } from "typebox/value";
import { Problem } from "./problem.ts";

const apps = ["cockpit", "phone", "console"] as const;
const sources = [...apps.map((app) => `apps/${app}`), "packages/ui", "packages/link", "packages/signals"];
const singleFiles = ["package-lock.json", "tsconfig.base.json", "tsconfig.web.json"];
const skipped = new Set(["node_modules", "dist"]);
const compressible = new Set([".js", ".mjs", ".css", ".html", ".svg", ".json", ".webmanifest"]);
/** The newest builds that are kept: the one in use, and the one before it for a browser that still has it open. */
export const buildsKept = 2;
const worthCompressingBytes = 1_024;

const compress = promisify(brotliCompress);
const Note = Type.Object({ seen: Type.String(), hash: Type.String() });

export interface ScreensParts {
  /** The repository. */
  readonly root: string;
  /** The data folder; builds lie in its `screens` folder. */
  readonly data: string;
}

/** Where the screens of exactly these sources are or will be, and whether they are there. Looks at sizes and times only where nothing has changed. */
export function findScreens({ root, data }: ScreensParts): { readonly folder: string; readonly isBuilt: boolean } {
  const shelf = join(data, "screens");
  mkdirSync(shelf, { recursive: true });
  const files = sources
    .flatMap((source) => list(join(root, source)))
    .concat(singleFiles.map((file) => join(root, file)));
  const seen = digest(files.map((file) => `${file} ${stamp(file)}`));
  const noted = readNote(join(shelf, "sources.json"));
  const hash =
    noted?.seen === seen
      ? noted.hash
      : digest(files.flatMap((file) => [file.slice(root.length), digest([readFileSync(file)])]));
  if (noted?.seen !== seen) replaceFile(join(shelf, "sources.json"), JSON.stringify({ seen, hash }));
  const folder = join(shelf, hash);
  return { folder, isBuilt: existsSync(folder) };
}

export interface BuildParts {
  /** The repository. */
  readonly root: string;
  readonly folder: string;
  /** Ends the build, which then leaves nothing behind. */
  readonly signal: AbortSignal;
}

/** Builds the three screens into `folder`, which then appears whole or not at all, and forgets old builds. */
export async function buildScreens({ root, folder, signal }: BuildParts): Promise<void> {
  const fresh = `${folder}.${process.pid}.new`;
  rmSync(fresh, { recursive: true, force: true });
  try {
    const builds = await Promise.allSettled(apps.map((app) => build(root, app, join(fresh, app), signal)));
    for (const outcome of builds) if (outcome.status === "rejected") throw outcome.reason;
    await Promise.all(list(fresh).map(addCompressed));
    if (existsSync(folder)) rmSync(fresh, { recursive: true });
    else renameSync(fresh, folder);
  } catch (error) {
    rmSync(fresh, { recursive: true, force: true });
    throw error;
  }
  prune(dirname(folder), folder);
}

function build(root: string, app: string, output: string, signal: AbortSignal): Promise<void> {
  const vite = join(dirname(createRequire(join(root, "package.json")).resolve("vite/package.json")), "bin", "vite.js");
  const child = spawn(
    process.execPath,
    [
      vite,
      "build",
      join(root, "apps", app),
      "--configLoader",
      "native",
      "--outDir",
      output,
      "--emptyOutDir",
      "--logLevel",
      "warn",
    ],
    {
      cwd: join(root, "apps", app),
      stdio: ["ignore", "pipe", "pipe"],
      signal,
      env: { ...process.env, NODE_ENV: "production", NO_COLOR: "1" },
    },
  );
  const tail: string[] = [];
  const keep = (chunk: Buffer) => {
    tail.push(chunk.toString());
    if (tail.length > 50) tail.shift();
  };
  child.stdout.on("data", keep);
  child.stderr.on("data", keep);
  return new Promise((resolve, reject) => {
    // The end follows; only then nothing is written any more.
    child.once("error", (error) => keep(Buffer.from(error.message)));
    child.once("close", (code) => {
      if (code === 0 && existsSync(join(output, "index.html"))) return resolve();
      const reason =
        tail
          .join("")
          .split("\n")
          .find((line) => /error/iu.test(line)) ?? `code ${code}`;
      return reject(new Problem(`The ${app} screen cannot be built: ${reason.trim()}`, tail.join("")));
    });
  });
}

async function addCompressed(file: string): Promise<void> {
  if (!compressible.has(extname(file)) || statSync(file).size < worthCompressingBytes) return;
  const content = await readFile(file);
  // Quality 9 of 11: a twentieth of the time for 3 % more bytes.
  const packed = await compress(content, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_SIZE_HINT]: content.length },
  });
  if (packed.length < content.length) await writeFile(`${file}.br`, packed);
}

function prune(shelf: string, current: string): void {
  const now = new Date();
  utimesSync(current, now, now);
  const builds = readdirSync(shelf, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(shelf, entry.name))
    .toSorted((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
  for (const old of builds.slice(buildsKept)) rmSync(old, { recursive: true, force: true });
}

function list(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const found: string[] = [];
  for (const entry of readdirSync(folder, { withFileTypes: true }).toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    if (skipped.has(entry.name) || /\.test\.tsx?$/u.test(entry.name)) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) found.push(...list(path));
    else if (entry.isFile()) found.push(path);
  }
  return found;
}

function stamp(file: string): string {
  const { size, mtimeMs } = statSync(file);
  return `${size} ${mtimeMs}`;
}

function digest(parts: readonly (string | Buffer)[]): string {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part).update("\n");
  return hash.digest("hex").slice(0, 24);
}

function readNote(file: string): { seen: string; hash: string } | undefined {
  try {
    const note: unknown = JSON.parse(readFileSync(file, "utf8"));
    return Value.Check(Note, note) ? note : undefined;
  } catch {
    return undefined;
  }
}

function replaceFile(file: string, content: string): void {
  writeFileSync(`${file}.new`, content);
  renameSync(`${file}.new`, file);
}
