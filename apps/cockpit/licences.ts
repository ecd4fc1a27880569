import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { Plugin } from "vite";

const virtualName = "virtual:licences";
const resolvedName = `\0${virtualName}`;
/** More parts than this would be a screen nobody can read. */
const mostParts = 200;

interface Part {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
  readonly text: string;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;
const textOf = (value: unknown): string => (typeof value === "string" ? value : "");

const ours = "@caravan/";

/** Follows `dependencies` from one package.json down; ours are walked through but not listed. */
function collect(manifest: string, parts: Map<string, Part>, seen: Set<string>): void {
  if (seen.has(manifest) || parts.size >= mostParts) return;
  seen.add(manifest);
  const value: unknown = JSON.parse(readFileSync(manifest, "utf8"));
  if (!isRecord(value)) return;
  const name = textOf(value["name"]);
  const folder = dirname(manifest);
  if (!name.startsWith(ours)) {
    parts.set(name, {
      name,
      version: textOf(value["version"]),
      licence: textOf(value["license"]),
      text: licenceText(folder),
    });
  }
  const dependencies = value["dependencies"];
  if (!isRecord(dependencies)) return;
  const require = createRequire(manifest);
  for (const dependency of Object.keys(dependencies)) {
    const found = manifestOf(dependency, require.resolve.paths(dependency) ?? []);
    if (found !== undefined) collect(found, parts, seen);
  }
}

// Through the folders, since many packages do not export their package.json.
function manifestOf(name: string, folders: readonly string[]): string | undefined {
  for (const folder of folders) {
    const manifest = join(folder, name, "package.json");
    try {
      readFileSync(manifest);
      return manifest;
    } catch {
      continue;
    }
  }
  return undefined;
}

function licenceText(folder: string): string {
  const file = readdirSync(folder).find((entry) => /^(licen[cs]e|copying)(\.|$)/i.test(entry));
  return file === undefined ? "" : readFileSync(join(folder, file), "utf8").trim();
}

/** Makes the list of shipped parts (`virtual:licences`) and their full texts (`licences.txt`) from the package.json files themselves. */
export function licencesPlugin(manifest: string): Plugin {
  const parts = new Map<string, Part>();
  const all = (): readonly Part[] => {
    if (parts.size === 0) collect(manifest, parts, new Set());
    return Array.from(parts.values()).toSorted((a, b) => a.name.localeCompare(b.name));
  };
  return {
    name: "caravan-licences",
    resolveId: (id) => (id === virtualName ? resolvedName : undefined),
    load: (id) => {
      if (id !== resolvedName) return undefined;
      const list = all().map(({ name, version, licence }) => ({ name, version, licence }));
      return `export const licences = ${JSON.stringify(list)};`;
    },
    generateBundle() {
      const source = all()
        .map(({ name, version, licence, text }) => `${name} ${version}: ${licence}\n\n${text}`)
        .join(`\n\n${"-".repeat(80)}\n\n`);
      this.emitFile({ type: "asset", fileName: "licences.txt", source });
    },
  };
}
