import { readFile } from "node:fs/promises";
import { DbcError } from "../src/dbc/dbc.ts";
import { parseDbc } from "../src/dbc/parse-dbc.ts";
import { lookAtRecording } from "../src/proof/look-at-recording.ts";
import { textOf } from "../src/proof/manifest.ts";

/** `npm run driver:look CAR.dbc DRIVE.candump`: what a recording says in the words of a DBC, to find the fields for a mapping. */
const [dbcFile, recordingFile] = process.argv.slice(2);
if (dbcFile === undefined || recordingFile === undefined) {
  console.error("Name a DBC and a recording: npm run driver:look car.dbc drive.candump");
  process.exit(2);
}
const figure = (value: number): string => String(Number(value.toPrecision(6)));
try {
  const seen = lookAtRecording(parseDbc(textOf(await readFile(dbcFile))), await readFile(recordingFile));
  console.log(
    `${seen.frames} frames in ${seen.seconds.toFixed(1)} s; ${seen.unknown} of messages that the DBC does not know, ${seen.broken} broken lines`,
  );
  for (const { name, perSecond, fields } of seen.messages) {
    console.log(`${name}  ${perSecond.toFixed(1)}/s`);
    for (const field of fields) {
      const range =
        field.least === field.most ? figure(field.least) : `${figure(field.least)} ... ${figure(field.most)}`;
      const words = field.words.length === 0 ? "" : `  [${field.words.slice(0, 12).join(", ")}]`;
      console.log(`  ${field.name}  ${range} ${field.unit}  ${field.changes} changes${words}`);
    }
  }
} catch (error) {
  if (!(error instanceof DbcError) && !(error instanceof Error && "code" in error)) throw error;
  console.error(`${error instanceof DbcError ? `${dbcFile}, ` : ""}${error.message}`);
  process.exitCode = 1;
}
