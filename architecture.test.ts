import { readdirSync, readFileSync, existsSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { expect, test } from "vitest";

/** Who may import whom. A room that is not named here imports nothing of ours; changing this table is a change of its own. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  "packages/signals": [],
  "packages/roads": [],
  "packages/motion": [],
  "packages/ui": [],
  "packages/link": ["packages/signals"],
  "packages/world": ["packages/signals", "packages/roads", "packages/motion"],
  "packages/drivers": ["packages/signals"],
  "apps/car": [
    "packages/signals",
    "packages/roads",
    "packages/motion",
    "packages/link",
    "packages/world",
    "packages/drivers",
  ],
  "apps/cloud": ["packages/signals", "packages/roads", "packages/link"],
  "apps/cockpit": ["packages/ui", "packages/link", "packages/signals"],
  "apps/phone": ["packages/ui", "packages/link", "packages/signals"],
  "apps/console": ["packages/ui", "packages/link", "packages/signals"],
  start: ["packages/roads", "packages/link", "packages/signals"],
};

/** Rooms that must run in a browser as well as in Node, and so may use neither. */
const commonWorld = ["packages/signals", "packages/roads", "packages/motion", "packages/link", "packages/world"];
const webWorld = ["packages/ui", "apps/cockpit", "apps/phone", "apps/console"];
const ambientEffects =
  /\b(Date\.now|new Date\(\)|setTimeout|setInterval|Math\.random|performance\.now|process\.|console\.)/;

interface Source {
  /** Path from the root of the repository, with forward slashes. */
  readonly path: string;
  readonly text: string;
}

const isTest = (path: string) => /\.test\.tsx?$|\/test\/|\/fixtures\//.test(path);

/** What stands beside a web room's `src` makes it and runs in Node. */
const isBuildStep = (path: string) =>
  webWorld.some((room) => path.startsWith(`${room}/`) && !path.startsWith(`${room}/src/`));

function roomOf(path: string): string | undefined {
  const [first = "", second = ""] = path.split("/");
  if (first === "packages" || first === "apps") return `${first}/${second}`;
  if (first === "start" || path === "start.ts") return "start";
  return undefined;
}

function importsOf(text: string): string[] {
  const names = [...text.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*["']([^"']+)["']/g)].map((match) => match[1] ?? "");
  return names.filter((name) => name.length > 0);
}

function violations(sources: readonly Source[]): string[] {
  const found: string[] = [];
  for (const { path, text } of sources) {
    const room = roomOf(path);
    if (room === undefined) continue;
    const mayImport = allowed[room];
    if (mayImport === undefined) {
      found.push(`${path}: the room ${room} is not in the table`);
      continue;
    }
    for (const name of importsOf(text)) {
      const target = targetOf(path, name);
      if (target === undefined || target.room === room) {
        if (
          name.startsWith("node:") &&
          !isTest(path) &&
          !isBuildStep(path) &&
          [...commonWorld, ...webWorld].includes(room)
        )
          found.push(`${path}: ${room} runs in a browser too and may not import ${name}`);
        continue;
      }
      if (!mayImport.includes(target.room)) found.push(`${path}: ${room} may not import ${target.room} (${name})`);
      else if (target.pastItsIndex) found.push(`${path}: imports past the index of ${target.room} (${name})`);
    }
    if (commonWorld.includes(room) && !isTest(path)) {
      const effect = ambientEffects.exec(withoutComments(text));
      if (effect) found.push(`${path}: a common package takes its effects as arguments, not ${effect[0]}`);
    }
  }
  return found;
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/(^|\s)\/\/.*$/gm, "$1");
}

function targetOf(path: string, name: string): { room: string; pastItsIndex: boolean } | undefined {
  const scoped = /^@caravan\/([a-z]+)(\/.+)?$/.exec(name);
  if (scoped) {
    const kind = scoped[1] ?? "";
    const room = Object.keys(allowed).find((known) => known.endsWith(`/${kind}`)) ?? `packages/${kind}`;
    // A style sheet has no index to stand behind.
    return { room, pastItsIndex: scoped[2] !== undefined && !scoped[2].endsWith(".css") && !isDoor(room, scoped[2]) };
  }
  if (!name.startsWith(".")) return undefined;
  const target = join(dirname(path), name).split(sep).join("/");
  const room = roomOf(target);
  return room === undefined ? undefined : { room, pastItsIndex: true };
}

const root = resolve(import.meta.dirname);

/** A room with many public names lists several doors in the `exports` of its package.json. */
function isDoor(room: string, path: string): boolean {
  const { exports = {} }: { exports?: Record<string, string> } = JSON.parse(
    readFileSync(join(root, room, "package.json"), "utf8"),
  );
  return Object.hasOwn(exports, `.${path}`);
}

function sourcesBelow(folder: string): Source[] {
  if (!existsSync(folder)) return [];
  const found: Source[] = [];
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile() || !/\.(ts|tsx)$/.test(entry.name)) continue;
    const path = join(entry.parentPath, entry.name);
    if (/[\\/](node_modules|dist)[\\/]/.test(path)) continue;
    found.push({ path: relative(root, path).split(sep).join("/"), text: readFileSync(path, "utf8") });
  }
  return found;
}

test("nobody imports against the direction of the house", () => {
  const sources = ["packages", "apps", "start"].flatMap((folder) => sourcesBelow(join(root, folder)));
  sources.push({ path: "start.ts", text: readFileSync(join(root, "start.ts"), "utf8") });
  expect(sources.length).toBeGreaterThan(50);
  expect(violations(sources)).toEqual([]);
});

test("every room in the table exists", () => {
  const missing = Object.keys(allowed).filter((room) => !existsSync(join(root, room)));
  expect(missing).toEqual([]);
});

test.each([
  ["an app in another app", "apps/phone/src/a.ts", 'import { x } from "../../cloud/src/b.ts";'],
  ["a package above it", "packages/signals/src/a.ts", 'import { Gate } from "@caravan/drivers";'],
  ["the inside of a package", "apps/car/src/a.ts", 'import { x } from "@caravan/signals/src/store.ts";'],
  ["the inside by a relative path", "apps/car/src/a.ts", 'export { x } from "../../../packages/signals/src/store.ts";'],
  ["an app through a late import", "apps/cloud/src/a.ts", 'const x = await import("@caravan/car");'],
  ["Node in a common package", "packages/roads/src/a.ts", 'import { readFile } from "node:fs/promises";'],
  ["Node in a page", "apps/phone/src/a.ts", 'import { readFile } from "node:fs/promises";'],
  ["the clock in a common package", "packages/motion/src/a.ts", "export const now = () => Date.now();"],
  ["a room nobody planned", "packages/helpers/index.ts", ""],
])("a planted violation is caught: %s", (_, path, text) => {
  expect(violations([{ path, text }])).toHaveLength(1);
});

test("what is allowed passes", () => {
  const text = 'import { Vehicle } from "@caravan/signals";\nimport { route } from "./route.ts";';
  expect(violations([{ path: "apps/car/src/a.ts", text }])).toEqual([]);
});
