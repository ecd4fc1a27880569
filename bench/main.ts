import { availableParallelism, cpus, loadavg, release, totalmem } from "node:os";
import { readdirSync } from "node:fs";
import { parseArgs } from "node:util";

/** One measured figure. `bar` is the figure we promise; `better` says on which side of it we want to be. */
export interface Row {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly bar?: number;
  readonly better: "less" | "more";
}

export interface BenchOptions {
  /** Under a minute, with fewer repetitions. */
  readonly quick: boolean;
  /** Folder with other data to measure on. */
  readonly data: string | undefined;
  /** The one group of rows that is wanted, of the bench's `groups`; all of them without it. */
  readonly only?: string | undefined;
}

interface Bench {
  /** Names of the groups its rows come in, where they can be asked for one by one. */
  readonly groups?: readonly string[];
  run(options: BenchOptions): Promise<readonly Row[]>;
}

const names = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith(".ts") && file !== "main.ts")
  .map((file) => file.slice(0, -3))
  .toSorted();

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { quick: { type: "boolean", default: false }, data: { type: "string" }, only: { type: "string" } },
});

const figures = new Intl.NumberFormat("en", { maximumSignificantDigits: 4 });
const wanted = positionals.length > 0 ? positionals : names;
const unknown = wanted.find((name) => !names.includes(name));
if (unknown !== undefined) {
  console.error(`There is no benchmark called ${unknown}. There are: ${names.join(", ")}.`);
  process.exit(2);
}

let allMet = true;
for (const name of wanted) {
  const bench: Bench = await import(`./${name}.ts`);
  const { groups = [] } = bench;
  if (values.only !== undefined && !groups.includes(values.only)) {
    const are = groups.length === 0 ? "It has no groups." : `There are: ${groups.join(", ")}.`;
    console.error(`The benchmark ${name} has no group ${values.only}. ${are}`);
    process.exit(2);
  }
  const load = loadavg()[0] ?? 0;
  const rows = (await bench.run({ quick: values.quick, data: values.data, only: values.only })).map((row) => ({
    ...row,
    met: isMet(row),
  }));
  const machine = `${cpus()[0]?.model.trim() ?? "unknown"}, ${availableParallelism()} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, Linux ${release()}, Node ${process.versions.node}`;
  console.log(`\n${name} (${machine}, load ${load.toFixed(1)} at the start)`);
  for (const row of rows) console.log(line(row));
  console.log(`BENCH ${JSON.stringify({ bench: name, machine, load: Number(load.toFixed(2)), rows })}`);
  if (rows.some((row) => row.met === false)) allMet = false;
}
process.exit(allMet ? 0 : 1);

function isMet({ value, bar, better }: Row): boolean | undefined {
  if (bar === undefined) return undefined;
  return better === "less" ? value <= bar : value >= bar;
}

function line({ name, value, unit, bar, better, met }: Row & { met: boolean | undefined }): string {
  const figure = `${figures.format(value)} ${unit}`;
  const promise =
    bar === undefined
      ? ""
      : `  ${better === "less" ? "at most" : "at least"} ${bar} ${unit}: ${met ? "met" : "NOT MET"}`;
  return `  ${name.padEnd(52)} ${figure.padStart(16)}${promise}`;
}
