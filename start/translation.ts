import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Type } from "typebox";
import { Value } from "typebox/value";

/** What the frames of a CAN bus mean, and a recording of it where a driver's folder has one. */
export interface Translation {
  readonly dbc: string;
  readonly mapping: string;
  readonly recording?: string;
}

const FileName = Type.String({ pattern: "^[A-Za-z0-9][A-Za-z0-9._-]*$" });
const Manifest = Type.Object({ dbc: FileName, mapping: FileName, recording: FileName });

/** The files of a driver's folder (see docs/drivers.md); a sentence where it is none. */
export function translationIn(folder: string): Translation | string {
  let manifest: unknown;
  try {
    manifest = JSON.parse(readFileSync(join(folder, "driver.json"), "utf8"));
  } catch {
    return `${folder} is no folder of a driver: it has no driver.json that can be read.`;
  }
  if (!Value.Check(Manifest, manifest))
    return `${join(folder, "driver.json")} does not name dbc, mapping and recording beside it.`;
  return {
    dbc: join(folder, manifest.dbc),
    mapping: join(folder, manifest.mapping),
    recording: join(folder, manifest.recording),
  };
}
