import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { catalogue } from "@caravan/signals";
import { signingKey } from "./src/serve/access/key-files.ts";
import { rightsOf } from "./src/serve/access/rights.ts";
import { audience, signToken } from "./src/serve/access/token.ts";

/**
 * `npm run token -- "read:Vehicle actuate:Vehicle.Cabin" [--hours 24] [--car 1] [--data ./data]`: prints a token for programs that speak
 * VISS or gRPC with that car. The first one makes the car's key; from the car's next start on, nobody gets in without a token.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    hours: { type: "string", default: "24" },
    car: { type: "string", default: "1" },
    data: { type: "string", default: process.env["CARAVAN_DATA"] ?? "data" },
  },
});
const scope = positionals.join(" ");
const hours = Number(values.hours);
const folder = join(resolve(process.env["INIT_CWD"] ?? ".", values.data), "cars", values.car);

if (scope === "" || rightsOf(catalogue, scope, 0) === undefined)
  refuse('Say what the token is for, such as "read:Vehicle actuate:Vehicle.Cabin provide:Vehicle.Speed".');
if (!(hours > 0 && hours <= 24 * 366)) refuse("--hours is more than 0 and at most a year.");
if (!/^[1-9]\d{0,4}$/.test(values.car)) refuse("--car is the number of a car.");
if (!existsSync(folder)) refuse(`There is no car in ${folder}; start it once, or choose another folder with --data.`);

const now = Math.floor(Date.now() / 1_000);
const claims = { iss: "caravan", sub: "owner", iat: now, exp: now + Math.round(hours * 3_600), aud: audience, scope };
process.stdout.write(`${signToken(claims, signingKey(folder))}\n`);

function refuse(why: string): never {
  process.stderr.write(`${why}\n`);
  process.exit(2);
}
