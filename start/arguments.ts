import { accessSync, constants, statSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { translationIn } from "./translation.ts";
import type { Translation } from "./translation.ts";

/** What to run, after every flag has been checked. */
export interface StartOptions {
  readonly data: string;
  readonly cars: number;
  readonly map?: string;
  readonly replay?: string;
  /** What the frames of a CAN bus mean. */
  readonly translation?: { readonly dbc: string; readonly mapping: string };
  /** Buses of a real car, each a name and where its adapter is. */
  readonly can?: readonly { readonly name: string; readonly at: string }[];
  readonly canBitrate?: number;
  /** Devices of a real car in place of the simulation in the first car, as `readByteAddress` of the drivers reads them. */
  readonly obd?: string;
  readonly gps?: string;
  /** Where the first simulated cars are set down, one place for each. */
  readonly at?: readonly { readonly lat: number; readonly lon: number }[];
  readonly only?: "car" | "cloud";
  /** The cloud's port; the first car's is 10 above, the broker's 803 above. */
  readonly port: number;
  readonly host: string;
  readonly publicUrl?: string;
  readonly databaseUrl?: string;
  /** A cloud on another machine, for `--car-only`. */
  readonly cloudUrl?: string;
  readonly enrol?: string;
  readonly reset: boolean;
  readonly yes: boolean;
}

export interface SignInOptions {
  readonly data: string;
  readonly name?: string;
  readonly role?: "owner" | "operator";
  readonly vehicle?: string;
}

export type Command =
  | { readonly kind: "start"; readonly options: StartOptions }
  | { readonly kind: "backup"; readonly file: string; readonly options: StartOptions }
  | { readonly kind: "restore"; readonly file: string; readonly options: StartOptions }
  | { readonly kind: "signin"; readonly options: SignInOptions }
  | { readonly kind: "help" }
  | { readonly kind: "version" }
  /** One sentence for the person; nothing was touched. */
  | { readonly kind: "wrong"; readonly sentence: string };

const flags = {
  cars: { type: "string" },
  map: { type: "string" },
  replay: { type: "string" },
  dbc: { type: "string" },
  "map-to-vss": { type: "string" },
  driver: { type: "string" },
  can: { type: "string", multiple: true },
  "can-bitrate": { type: "string" },
  obd: { type: "string" },
  gps: { type: "string" },
  at: { type: "string", multiple: true },
  "car-only": { type: "boolean" },
  "cloud-only": { type: "boolean" },
  data: { type: "string" },
  port: { type: "string" },
  host: { type: "string" },
  "public-url": { type: "string" },
  backup: { type: "string" },
  restore: { type: "string" },
  reset: { type: "boolean" },
  yes: { type: "boolean" },
  "cloud-url": { type: "string" },
  enrol: { type: "string" },
  name: { type: "string" },
  role: { type: "string" },
  vehicle: { type: "string" },
  help: { type: "boolean", short: "h" },
  version: { type: "boolean" },
} as const;

const mostCars = 200;
const signInFlags = new Set(["name", "role", "vehicle", "data", "help"]);

class Wrong extends Error {}

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads the command line. Only looks at files that flags name; creates and changes nothing. */
export function readArguments(given: readonly string[], environment: Environment, root: string): Command {
  try {
    return read(given, environment, root);
  } catch (error) {
    if (error instanceof Wrong) return { kind: "wrong", sentence: error.message };
    throw error;
  }
}

function read(given: readonly string[], environment: Environment, root: string): Command {
  const { values, positionals } = parse(given);
  if (values.help === true) return { kind: "help" };
  if (values.version === true) return { kind: "version" };
  const data = resolve(values.data ?? nonEmpty(environment["CARAVAN_DATA"]) ?? resolve(root, "data"));
  const [word, ...more] = positionals;
  if (word === "signin" && more.length === 0) return signIn(values, data);
  if (word !== undefined) throw new Wrong(`"${more[0] ?? word}" is not understood here; --help shows what is.`);
  for (const flag of ["name", "role", "vehicle"] as const) {
    if (values[flag] !== undefined) throw new Wrong(`--${flag} belongs to npm run signin, not to npm start.`);
  }
  if (values["car-only"] === true && values["cloud-only"] === true) {
    throw new Wrong("--car-only and --cloud-only exclude each other.");
  }
  if (values.backup !== undefined && values.restore !== undefined)
    throw new Wrong("--backup and --restore exclude each other.");
  const { translation, replay } = meaningOf(values);
  if (values.can !== undefined && translation === undefined)
    throw new Wrong("--can needs --driver, or --dbc and --map-to-vss: what the frames mean.");
  if (values["can-bitrate"] !== undefined && values.can === undefined)
    throw new Wrong("--can-bitrate belongs to an adapter that --can names.");
  if (values["cloud-only"] === true && (values.cars !== undefined || replay !== undefined)) {
    throw new Wrong("--cloud-only runs no car, so --cars and --replay have nothing to act on.");
  }
  const isReal = values.can !== undefined || values.obd !== undefined || values.gps !== undefined;
  if (isReal && (values["cloud-only"] === true || replay !== undefined))
    throw new Wrong(
      "--can, --obd and --gps connect a real car, so they go neither with --cloud-only nor with --replay.",
    );
  if (isReal && values.at !== undefined)
    throw new Wrong("--at sets a simulated car down; one that --can, --obd or --gps connects is where it is.");
  if (values.at !== undefined && (values["cloud-only"] === true || replay !== undefined)) {
    throw new Wrong("--at sets a simulated car down, so it goes neither with --cloud-only nor with --replay.");
  }
  if (values["cloud-url"] !== undefined && values["car-only"] !== true)
    throw new Wrong("--cloud-url needs --car-only.");
  if (values.enrol !== undefined && values["cloud-url"] === undefined) throw new Wrong("--enrol needs --cloud-url.");
  const databaseUrl = nonEmpty(environment["DATABASE_URL"]);
  const options: StartOptions = {
    data,
    cars: values.cars === undefined ? 1 : number("--cars", values.cars, 1, mostCars),
    ...(values.map === undefined ? {} : { map: readable("--map", values.map) }),
    ...(replay === undefined ? {} : { replay }),
    ...(translation === undefined ? {} : { translation }),
    ...(values.can === undefined ? {} : { can: values.can.map(bus) }),
    ...(values["can-bitrate"] === undefined
      ? {}
      : { canBitrate: number("--can-bitrate", values["can-bitrate"], 10_000, 1_000_000) }),
    ...(values.obd === undefined ? {} : { obd: device("--obd", values.obd) }),
    ...(values.gps === undefined ? {} : { gps: device("--gps", values.gps) }),
    ...(values.at === undefined ? {} : { at: values.at.map((place) => point("--at", place)) }),
    ...(values["car-only"] === true ? { only: "car" as const } : {}),
    ...(values["cloud-only"] === true ? { only: "cloud" as const } : {}),
    port: values.port === undefined ? 8080 : number("--port", values.port, 1, 64_000),
    host: values.host === undefined ? "localhost" : hostName(values.host),
    ...(values["public-url"] === undefined ? {} : { publicUrl: address("--public-url", values["public-url"]) }),
    ...(databaseUrl === undefined ? {} : { databaseUrl }),
    ...(values["cloud-url"] === undefined ? {} : { cloudUrl: address("--cloud-url", values["cloud-url"]) }),
    ...(values.enrol === undefined ? {} : { enrol: values.enrol }),
    reset: values.reset === true,
    yes: values.yes === true,
  };
  if (values.backup !== undefined) {
    if (options.reset) throw new Wrong("--backup and --reset exclude each other.");
    return { kind: "backup", file: resolve(values.backup), options };
  }
  if (values.restore !== undefined) return { kind: "restore", file: readable("--restore", values.restore), options };
  if (options.reset && databaseUrl !== undefined)
    throw new Wrong("--reset cannot empty the database that DATABASE_URL names; empty it and the data folder by hand.");
  return { kind: "start", options };
}

/** What is played, and what frames mean: by files, or by a driver's folder, whose own recording is played where nothing else is named. */
function meaningOf(values: ReturnType<typeof parse>["values"]): {
  readonly translation?: { readonly dbc: string; readonly mapping: string };
  readonly replay?: string;
} {
  const { dbc, "map-to-vss": mapping, driver, can, replay: file } = values;
  const replay = file === undefined ? {} : { replay: readable("--replay", file) };
  if (driver !== undefined) {
    if (dbc !== undefined || mapping !== undefined)
      throw new Wrong("--driver brings its own DBC and mapping, so it does not go with --dbc and --map-to-vss.");
    const { recording, ...translation } = folderOf(driver);
    const isPlayed = file === undefined && can === undefined && recording !== undefined;
    return { translation, ...(isPlayed ? { replay: recording } : replay) };
  }
  if (dbc === undefined && mapping === undefined) return replay;
  if (dbc === undefined) throw new Wrong("--map-to-vss needs --dbc: the file that describes the frames.");
  if (mapping === undefined)
    throw new Wrong("--dbc needs --map-to-vss: the file that says which field is which signal.");
  if (file === undefined && can === undefined)
    throw new Wrong(
      "--dbc and --map-to-vss tell what frames mean; name a recording with --replay or a bus with --can.",
    );
  return { translation: { dbc: readable("--dbc", dbc), mapping: readable("--map-to-vss", mapping) }, ...replay };
}

function folderOf(driver: string): Translation {
  const found = translationIn(resolve(driver));
  if (typeof found === "string") throw new Wrong(`--driver: ${found}`);
  for (const file of [found.dbc, found.mapping]) readable("--driver", file);
  return found;
}

/** `can0`, `/dev/ttyACM0`, `tcp:HOST:PORT`, or `NAME=` before one of them; adapters without a name are can0, can1 and so on. */
function bus(text: string, index: number): { readonly name: string; readonly at: string } {
  const match =
    /^(?:(?<name>[A-Za-z][A-Za-z0-9_.-]{0,14})=)?(?:(?<link>[A-Za-z][A-Za-z0-9_.-]{0,14})|(?<place>\/[^@\s]+(?:@\d{3,7})?|COM\d{1,3}(?:@\d{3,7})?|tcp:(?:\[[0-9a-fA-F:.]+\]|[^:[\]/\s]+):\d{1,5}))$/.exec(
      text,
    );
  const at = match?.groups?.["link"] ?? match?.groups?.["place"];
  if (at === undefined)
    throw new Wrong(
      `--can takes can0, /dev/ttyACM0 or tcp:192.168.0.10:3333, or one of them after a name and =, not "${text}".`,
    );
  return { name: match?.groups?.["name"] ?? match?.groups?.["link"] ?? `can${index}`, at };
}

function device(flag: string, text: string): string {
  const isPlace =
    /^(?:\/[^@\s]+(?:@\d{3,7})?|COM\d{1,3}(?:@\d{3,7})?|(?:tcp|gpsd):(?:\[[0-9a-fA-F:.]+\]|[^:[\]/\s]+):\d{1,5})$/;
  if (!isPlace.test(text) || (flag === "--obd" && text.startsWith("gpsd:")))
    throw new Wrong(`${flag} takes a device such as /dev/ttyUSB0 or tcp:192.168.0.10:35000, not "${text}".`);
  return text;
}

function point(flag: string, text: string): { readonly lat: number; readonly lon: number } {
  const [, lat, lon] = /^\s*(-?\d{1,2}(?:\.\d+)?)\s*,\s*(-?\d{1,3}(?:\.\d+)?)\s*$/.exec(text) ?? [];
  if (lat === undefined || lon === undefined || Math.abs(Number(lat)) > 90 || Math.abs(Number(lon)) > 180) {
    throw new Wrong(`${flag} takes a latitude and a longitude, such as 57.7,11.97, not "${text}".`);
  }
  return { lat: Number(lat), lon: Number(lon) };
}

function parse(given: readonly string[]) {
  try {
    return parseArgs({ args: [...given], options: flags, allowPositionals: true, strict: true });
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    const unknown = /Unknown option '([^']+)'/u.exec(said)?.[1];
    if (unknown !== undefined) throw new Wrong(`There is no flag ${unknown}; --help shows all of them.`);
    const needs = /Option '(?:-\w, )?(--[\w-]+)[^']*' argument (?:missing|is ambiguous)/u.exec(said)?.[1];
    if (needs !== undefined) throw new Wrong(`${needs} needs a value; --help shows which.`);
    const takesNone = /Option '(?:-\w, )?(--[\w-]+)' does not take an argument/u.exec(said)?.[1];
    if (takesNone !== undefined) throw new Wrong(`${takesNone} takes no value.`);
    throw new Wrong(`${said.split(".")[0] ?? said}; --help shows all flags.`);
  }
}

function signIn(values: ReturnType<typeof parse>["values"], data: string): Command {
  const stray = Object.keys(values).find((flag) => !signInFlags.has(flag));
  if (stray !== undefined) throw new Wrong(`--${stray} belongs to npm start, not to npm run signin.`);
  const { name, role, vehicle } = values;
  if (role !== undefined && role !== "owner" && role !== "operator") throw new Wrong("--role is owner or operator.");
  if (role !== undefined && name === undefined) throw new Wrong("--role needs --name: the account that shall have it.");
  if (name !== undefined && (name.trim() === "" || name.length > 60)) throw new Wrong("--name has 1 to 60 characters.");
  return {
    kind: "signin",
    options: {
      data,
      ...(name === undefined ? {} : { name: name.trim() }),
      ...(role === undefined ? {} : { role }),
      ...(vehicle === undefined ? {} : { vehicle }),
    },
  };
}

function number(flag: string, text: string, least: number, most: number): number {
  const value = /^\d{1,9}$/u.test(text) ? Number(text) : Number.NaN;
  if (!(value >= least && value <= most))
    throw new Wrong(`${flag} is a whole number from ${least} to ${most}, not "${text}".`);
  return value;
}

function readable(flag: string, path: string): string {
  const file = resolve(path);
  try {
    accessSync(file, constants.R_OK);
  } catch {
    throw new Wrong(`${flag}: ${path} cannot be read.`);
  }
  if (!statSync(file).isFile()) throw new Wrong(`${flag}: ${path} is not a file.`);
  return file;
}

function hostName(text: string): string {
  if (!/^[A-Za-z0-9.:_-]{1,253}$/u.test(text)) throw new Wrong(`--host is a host name or an address, not "${text}".`);
  return text;
}

function address(flag: string, text: string): string {
  const url = URL.parse(text);
  if (url === null || !["http:", "https:"].includes(url.protocol) || url.pathname !== "/" || url.search !== "") {
    throw new Wrong(`${flag} is an address such as https://cars.example, not "${text}".`);
  }
  return url.origin;
}

function nonEmpty(text: string | undefined): string | undefined {
  return text === undefined || text.trim() === "" ? undefined : text.trim();
}
