import type { Manoeuvre } from "@caravan/link";
import { expect, test } from "vitest";
import { en } from "./en.ts";
import { manoeuvreAct, manoeuvreSentence, roadAhead } from "./manoeuvre.ts";
import { errorSentence, whySentence } from "./why.ts";
import { zhCN } from "./zh-CN.ts";

const longest = 120;
const samples = {
  age: "2 min",
  name: "Långström",
  file: "drive.nmea",
  distance: "280 m",
  temperature: "4 °C",
  time: "21:04",
  percent: "64 %",
  speed: "50 km/h",
  limit: "50 km/h",
  gear: "D",
  street: "Nya Allén",
  what: "Turn right",
  destination: "Oslo",
  exit: 2,
  text: "abc",
  from: "Linnégatan",
  when: "22 Nov, 17:30",
  seat: "Driver",
  wheel: "Front left",
  level: 2,
  streets: "Södra vägen, E 6",
  lanes: "2–3",
  step: 1,
  angle: "12",
  of: 3,
};

const written = (words: typeof en | typeof zhCN): readonly (readonly [string, string])[] =>
  Object.entries(words).map(([key, word]) => [
    key,
    typeof word === "string" ? word : (word as (values: typeof samples) => string)(samples),
  ]);

test("no sentence in either language is longer than a glance", () => {
  for (const [key, text] of [...written(en), ...written(zhCN)]) {
    expect(text.length, key).toBeGreaterThan(0);
    expect(text.length, key).toBeLessThanOrEqual(longest);
    expect(text, key).not.toMatch(/undefined|NaN|\[object/);
  }
});

test("Chinese is written in Chinese", () => {
  const sameInBoth = new Set(["digits", "letters"]);
  const english = new Map(written(en));
  for (const [key, text] of written(zhCN)) {
    if (!sameInBoth.has(key)) expect(text, key).not.toBe(english.get(key));
  }
});

const turn = (change: Partial<Manoeuvre>): Manoeuvre => ({
  kind: "turn",
  modifier: "right",
  along: 100,
  lat: 57,
  lon: 12,
  street: "Linnégatan",
  ref: "",
  destination: "",
  text: "",
  ...change,
});

test("a turn is said in the car's own words, and still said where it sent none", () => {
  expect(manoeuvreSentence(en, turn({ text: "Turn right onto Linnégatan" }))).toBe("Turn right onto Linnégatan");
  expect(manoeuvreSentence(zhCN, turn({ modifier: "left" }))).toBe("左转");
});

test("on a slip road the banner shows number, exit and destination rather than the name", () => {
  const ramp = turn({ kind: "off ramp", street: "Avfart 12", ref: "E 45;40;190", destination: "Oslo", junction: "72" });
  expect(roadAhead(en, ramp)).toEqual({ shield: "E 45 / 40", exit: "72", name: "Oslo" });
  expect(roadAhead(en, turn({ kind: "off ramp", street: "Avfart 12" })).name).toBe("Avfart 12");
});

test("a road without a name is told by its number, else by what to do", () => {
  expect(roadAhead(en, turn({ street: "", ref: "E 6" }))).toMatchObject({ shield: "E 6", name: "" });
  expect(roadAhead(en, turn({ street: "", modifier: "slight left" })).name).toBe("Bear left");
  expect(roadAhead(zhCN, turn({ street: "", kind: "roundabout", exit: 3 })).name).toBe("环岛第3出口");
});

test("forks keep to a side, and only turns turn", () => {
  expect(manoeuvreAct(en, turn({ kind: "fork", modifier: "slight left" }))).toBe("Keep left");
  expect(manoeuvreAct(en, turn({ kind: "fork", modifier: "straight" }))).toBe("Keep straight on");
  expect(manoeuvreAct(en, turn({ kind: "continue", modifier: "straight" }))).toBe("Follow the road");
  expect(manoeuvreAct(en, turn({ modifier: "uturn" }))).toBe("Turn around");
});

test("every refusal of the gate has a sentence of its own kind, and a new one still has one", () => {
  expect(whySentence(en, "moving")).toBe(en.whyMoving);
  expect(whySentence(en, "locked")).toBe(en.whyLocked);
  expect(whySentence(zhCN, "door-open")).toBe(zhCN.whyDoorOpen);
  expect(whySentence(en, "something of next year")).toBe(en.whyRefused);
  expect(errorSentence(en, { code: "refused", why: "cable-connected" })).toBe(en.whyCable);
  expect(errorSentence(en, { code: "no-connection", why: "" })).toBe(en.whyOffline);
});
