import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readArguments } from "./arguments.ts";
import { help } from "./help.ts";

let folder: string;
let city: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "caravan-arguments-"));
  city = join(folder, "city.osm.pbf");
  writeFileSync(city, "x");
});
afterAll(() => rmSync(folder, { recursive: true }));

const read = (line: string, environment: Record<string, string> = {}) =>
  readArguments(
    line.split(" ").filter((word) => word !== ""),
    environment,
    "/somewhere",
  );

test("without flags everything starts with one car at the usual ports", () => {
  expect(read("")).toEqual({
    kind: "start",
    options: { data: "/somewhere/data", cars: 1, port: 8080, host: "localhost", reset: false, yes: false },
  });
});

test("every flag of a start arrives", () => {
  expect(
    read(
      `--cars 20 --map ${city} --replay ${city} --data ${folder} --port 9000 --host 0.0.0.0 --public-url https://cars.example/ --reset --yes`,
    ),
  ).toEqual({
    kind: "start",
    options: {
      data: folder,
      cars: 20,
      map: city,
      replay: city,
      port: 9000,
      host: "0.0.0.0",
      publicUrl: "https://cars.example",
      reset: true,
      yes: true,
    },
  });
  expect(read("--car-only --cloud-url https://cars.example --enrol abc")).toMatchObject({
    options: { only: "car", cloudUrl: "https://cars.example", enrol: "abc" },
  });
  expect(read(`--replay ${city} --dbc ${city} --map-to-vss ${city}`)).toMatchObject({
    options: { replay: city, translation: { dbc: city, mapping: city } },
  });
  expect(read("--cloud-only")).toMatchObject({ options: { only: "cloud" } });
});

test("buses of a real car have names, and a driver's folder says what their frames mean", () => {
  const driver = join(import.meta.dirname, "../extensions/drivers/example");
  const translation = { dbc: join(driver, "car.dbc"), mapping: join(driver, "mapping.json") };
  expect(
    read(`--driver ${driver} --can vcan3 --can /dev/ttyACM0@115200 --can body=tcp:[::1]:3333 --can-bitrate 250000`),
  ).toMatchObject({
    options: {
      translation,
      can: [
        { name: "vcan3", at: "vcan3" },
        { name: "can1", at: "/dev/ttyACM0@115200" },
        { name: "body", at: "tcp:[::1]:3333" },
      ],
      canBitrate: 250_000,
    },
  });
  expect(read(`--driver ${driver}`)).toMatchObject({ options: { translation, replay: join(driver, "drive.candump") } });
  expect(read(`--driver ${driver} --replay ${city}`)).toMatchObject({ options: { translation, replay: city } });
});

test("the flag for the data folder wins over the environment", () => {
  expect(read("", { CARAVAN_DATA: "/from/environment" })).toMatchObject({ options: { data: "/from/environment" } });
  expect(read("--data /from/flag", { CARAVAN_DATA: "/from/environment" })).toMatchObject({
    options: { data: "/from/flag" },
  });
  expect(read("", { DATABASE_URL: "postgres://h/n" })).toMatchObject({ options: { databaseUrl: "postgres://h/n" } });
});

test("signing in has flags of its own", () => {
  expect(read("signin --name Second --role owner --vehicle abc")).toMatchObject({
    kind: "signin",
    options: { name: "Second", role: "owner", vehicle: "abc" },
  });
  expect(read("signin")).toMatchObject({ kind: "signin" });
});

test.each([
  ["--colour red", /no flag --colour/u],
  ["--cars", /--cars needs a value/u],
  ["--cars 0", /whole number from 1/u],
  ["--cars 1e3", /whole number/u],
  ["--cars 4.5", /whole number/u],
  ["--port 99999", /whole number/u],
  ["--map no-such-file", /cannot be read/u],
  ["--map .", /not a file/u],
  ["--host http://x", /host name/u],
  ["--public-url cars.example", /is an address such as/u],
  ["--public-url https://cars.example/path", /is an address such as/u],
  ["--car-only --cloud-only", /exclude each other/u],
  ["--backup a --restore b", /exclude each other/u],
  ["--cloud-only --cars 3", /runs no car/u],
  ["--cloud-url https://cars.example", /needs --car-only/u],
  ["--car-only --enrol x", /needs --cloud-url/u],
  [`--dbc ${import.meta.filename} --map-to-vss ${import.meta.filename}`, /with --replay or a bus with --can/u],
  [`--replay ${import.meta.filename} --dbc ${import.meta.filename}`, /needs --map-to-vss/u],
  [`--replay ${import.meta.filename} --map-to-vss ${import.meta.filename}`, /needs --dbc/u],
  ["--can can0", /--can needs --driver/u],
  ["--can-bitrate 500000", /belongs to an adapter/u],
  [`--can /dev/tty@x --dbc ${import.meta.filename} --map-to-vss ${import.meta.filename}`, /--can takes can0/u],
  ["--driver no-such-folder", /no driver\.json/u],
  [`--driver extensions/drivers/example --dbc ${import.meta.filename}`, /brings its own DBC/u],
  ["--driver extensions/drivers/example --can can0 --at 57.7,11.97", /is where it is/u],
  ["--reset=now", /takes no value/u],
  ["--name x", /npm run signin/u],
  ["signin --cars 3", /npm start/u],
  ["signin --role owner", /needs --name/u],
  ["signin --name x --role king", /owner or operator/u],
  ["start", /not understood/u],
])("%s is refused in one sentence", (line, sentence) => {
  const command = read(line);
  expect(command.kind).toBe("wrong");
  expect(command.kind === "wrong" ? command.sentence : "").toMatch(sentence);
  expect(command.kind === "wrong" ? command.sentence : "").not.toContain("\n");
});

test("a reset that would leave somebody else's database as it is does not begin", () => {
  const other = { DATABASE_URL: "postgres://h/n" };
  expect(read("--reset --yes", other)).toMatchObject({
    kind: "wrong",
    sentence: expect.stringContaining("DATABASE_URL"),
  });
  expect(read(`--restore ${city} --reset --yes`, other)).toMatchObject({ kind: "restore" });
});

test("reading the command line touches nothing", () => {
  read(`--data ${join(folder, "fresh")} --reset --yes`);
  expect(readdirSync(folder)).toEqual(["city.osm.pbf"]);
});

test("help names every flag", () => {
  const flags =
    "cars map replay dbc map-to-vss driver can can-bitrate obd gps car-only cloud-only data port host public-url backup restore reset yes cloud-url enrol name role vehicle help version";
  for (const flag of flags.split(" ")) expect(help).toContain(`--${flag}`);
});

test("a place for the first car is a latitude and a longitude, and only for a simulated car", () => {
  expect(read("--at 57.7,11.97")).toMatchObject({ kind: "start", options: { at: [{ lat: 57.7, lon: 11.97 }] } });
  for (const text of ["57.7", "97,11", "57.7,11.9,3", "here"]) {
    expect(read(`--at ${text}`)).toMatchObject({ kind: "wrong" });
  }
  expect(read("--at 57.7,11.97 --cloud-only")).toMatchObject({ kind: "wrong" });
});
