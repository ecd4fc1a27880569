import { copyFile, mkdir, writeFile } from "node:fs/promises";
import { basename, join, relative, resolve } from "node:path";
import { parseArgs } from "node:util";
import { startOf } from "../src/proof/start-of-driver.ts";

/** `npm run driver:new MAKE [-- --dbc FILE --recording FILE]`: the beginning of a driver, which passes its own test. */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { dbc: { type: "string" }, recording: { type: "string" }, folder: { type: "string" } },
});
const [make, ...more] = positionals;
if (make === undefined || more.length > 0 || !/^[a-z][a-z0-9-]{1,40}$/.test(make)) {
  console.error("Name the make in small letters, digits and hyphens: npm run driver:new some-make");
  process.exit(2);
}
const folder = join(resolve(values.folder ?? join(import.meta.dirname, "../../../extensions/drivers")), make);
try {
  await mkdir(folder, { recursive: false });
} catch (error) {
  console.error(`${folder} cannot be made: ${error instanceof Error ? error.message : "it may be there already"}`);
  process.exit(1);
}
for (const [name, text] of startOf(make)) await writeFile(join(folder, name), text);
for (const [file, name] of [
  [values.dbc, "car.dbc"],
  [values.recording, "drive.candump"],
] as const) {
  if (file !== undefined) await copyFile(file, join(folder, name));
}
const shown = relative(process.cwd(), folder) || basename(folder);
console.log(`${shown} is made. Next:
  1. put the DBC of the car in place of car.dbc, and a drive recorded with candump -l in place of drive.candump;
  2. say in mapping.json which field is which signal of VSS, and in drive.expected.json what the drive shows;
  3. npm run driver:test ${shown}
docs/drivers.md tells what each file may say.`);
