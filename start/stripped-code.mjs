// @ts-check
// Loaded into every child before all else: gives TypeScript without its types out of a folder, so that a car computer need not load what
// strips them (20 MB). Plain JavaScript, as its own types would have to be stripped first. Node's own store of compiled code keeps all of it
// in memory a second time (10 MB for a car) and saves no processor time that can be measured.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { registerHooks, stripTypeScriptTypes } from "node:module";
import { join } from "node:path";
import { threadId } from "node:worker_threads";
import { fileURLToPath } from "node:url";

const folder = process.env["CARAVAN_STRIPPED"];

/**
 * The code of a file without its types, kept under a name that follows from where it lies and what it looks like from outside.
 * @param {string} folder
 * @param {string} file
 */
function stripped(folder, file) {
  const { size, mtimeMs } = statSync(file);
  const name = createHash("sha256").update(`${process.version} ${file} ${size} ${mtimeMs}`).digest("hex").slice(0, 32);
  const kept = join(folder, `${name}.js`);
  try {
    return readFileSync(kept, "utf8");
  } catch {
    const code = stripTypeScriptTypes(readFileSync(file, "utf8"));
    keep(kept, code);
    return code;
  }
}

/**
 * @param {string} kept
 * @param {string} code
 */
function keep(kept, code) {
  const making = `${kept}.${process.pid}-${threadId}`;
  try {
    mkdirSync(folder ?? "", { recursive: true });
    writeFileSync(making, code);
    renameSync(making, kept);
  } catch {
    // Where nothing can be kept, it is stripped each time.
  }
}

if (folder !== undefined) {
  registerHooks({
    load(url, context, next) {
      if (!url.startsWith("file:") || !url.endsWith(".ts")) return next(url, context);
      return { format: "module", source: stripped(folder, fileURLToPath(url)), shortCircuit: true };
    },
  });
}
