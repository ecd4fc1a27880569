import { resolve } from "node:path";
import { catalogue } from "@caravan/signals";
import { DriverFolderError, readDriverFolder } from "../src/proof/manifest.ts";
import { proveDriver } from "../src/proof/prove-driver.ts";

/** `npm run driver:test FOLDER...`: proves drivers by their recordings; exit code 1 where one fails. */
const folders = process.argv.slice(2);
if (folders.length === 0) {
  console.error("Name the folder of a driver: npm run driver:test extensions/drivers/example");
  process.exit(2);
}
for (const folder of folders) {
  try {
    const driver = await readDriverFolder(resolve(folder), catalogue);
    const { passes, findings, frames, seconds } = proveDriver(driver, catalogue);
    console.log(
      `${driver.name}${driver.isSimulated ? " (a simulated make)" : ""}: ${frames} frames, ${seconds.toFixed(1)} s`,
    );
    for (const warning of [...driver.dbc.warnings, ...driver.mapping.warnings]) console.log(`  note  ${warning}`);
    for (const { check, ok, detail } of findings) console.log(`  ${ok ? "ok   " : "WRONG"} ${check}: ${detail}`);
    const wrong = findings.filter(({ ok }) => !ok).length;
    console.log(
      passes ? `Proven: ${findings.length} checks.` : `Not proven: ${wrong} of ${findings.length} checks failed.`,
    );
    if (!passes) process.exitCode = 1;
  } catch (error) {
    if (!(error instanceof DriverFolderError)) throw error;
    console.error(`${folder}: ${error.message}`);
    process.exitCode = 1;
  }
}
