import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { ownFeatures as ownRoads, runFeatures as runRoads } from "./roads/run.ts";
import type { Result } from "./result.ts";
import { ownFeatures as ownViss, runFeatures as runViss } from "./viss/run.ts";

/**
 * `npm run conformance NAME [folder]`: judges us by scenarios in Gherkin, ours or those of a folder (or of one file). `roads`: the map
 * import and the routing; `viss`: the car's signals, over real sockets, with `--url http://localhost:8090` those of a car that runs. Exit
 * code 0 if none failed, 1 if some did, 2 if there is nothing to run.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { quiet: { type: "boolean", default: false }, url: { type: "string" } },
});
const [judge = "roads", folder] = positionals;
const judges: Readonly<Record<string, { own: string; run: (place: string) => Promise<readonly Result[]> }>> = {
  roads: { own: ownRoads, run: runRoads },
  viss: { own: ownViss, run: (place) => runViss(place, values.url) },
};
const { own, run } = judges[judge] ?? refuse(`There is no judge called ${judge}. There are: roads, viss.`);
const path = folder === undefined ? own : resolve(process.env["INIT_CWD"] ?? ".", folder);
if (!existsSync(path)) refuse(`There is no folder ${path}.`);

const begin = performance.now();
const results = await run(path);
if (results.length === 0) refuse(`There is no scenario in ${path}.`);
for (const result of results) report(result);
const count = (kind: Result["verdict"]["kind"]) => results.filter(({ verdict }) => verdict.kind === kind).length;
const seconds = ((performance.now() - begin) / 1_000).toFixed(1);
console.log(
  `${results.length} scenarios: ${count("passed")} passed, ${count("failed")} failed, ${count("unsupported")} unsupported, ${count("skipped")} skipped (${seconds} s)`,
);
process.exitCode = count("failed") > 0 ? 1 : 0;

function refuse(why: string): never {
  console.error(why);
  process.exit(2);
}

function report({ file, line, scenario, verdict }: Result): void {
  const name = `${file}:${line} ${scenario}`;
  switch (verdict.kind) {
    case "passed":
      if (!values.quiet) console.log(`passed       ${name}`);
      return;
    case "failed":
      console.log(`failed       ${name}`);
      for (const difference of verdict.differences) console.log(`             line ${verdict.line}: ${difference}`);
      return;
    case "unsupported":
      console.log(`unsupported  ${name}: ${verdict.what}`);
      return;
    case "skipped":
      if (!values.quiet) console.log(`skipped      ${name}`);
  }
}
