import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { firstDestination, instructionText, wayName } from "./instruction.ts";
import type { Instructed } from "./instruction.ts";

interface Fixture {
  readonly step: {
    readonly maneuver: { type: string; modifier?: string; exit?: number; bearing_after?: number };
    readonly name?: string;
    readonly ref?: string;
    readonly destinations?: string;
    readonly exits?: string;
    readonly rotary_name?: string;
    readonly driving_side?: "left" | "right";
    readonly mode?: string;
    readonly junction_name?: string;
  };
  readonly options?: { legIndex?: number; legCount?: number; classes?: string[]; waypointName?: string };
  readonly instructions: Readonly<Record<string, string>>;
}

const plain: Instructed = {
  kind: "turn",
  modifier: "left",
  street: "",
  ref: "",
  destination: "",
  junction: "",
  drivingSide: "right",
  mode: "driving",
  bearingAfter: 0,
};

const folder = join(
  dirname(createRequire(import.meta.url).resolve("osrm-text-instructions")),
  "test",
  "fixtures",
  "v5",
);
/** Their words for a short arrival are unused, unknown kinds do not exist here, and "take the exit" of an eleventh exit says less than nothing. */
const left = /arrive_(short|upcoming)|exit_11|invalid_type/;
/** What our manoeuvres never hold, or what is told in words of our own. */
const notOurs = new Set(["use lane", "phrase"]);

function fixtures(): readonly (Fixture & { readonly file: string })[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".json"))
    .flatMap((entry) => {
      const file = join(entry.parentPath, entry.name);
      const fixture = JSON.parse(readFileSync(file, "utf8")) as Fixture;
      const type = fixture.step?.maneuver.type ?? "phrase";
      const isKnown = !notOurs.has(type) && fixture.step.junction_name === undefined;
      return isKnown && !left.test(file) ? [{ ...fixture, file }] : [];
    });
}

function toldBy({ step }: Fixture): Instructed {
  return {
    ...plain,
    kind: step.maneuver.type as Instructed["kind"],
    modifier: (step.maneuver.modifier ?? "default") as Instructed["modifier"],
    street: step.name ?? "",
    ref: step.ref ?? "",
    destination: step.destinations ?? "",
    junction: step.exits ?? "",
    mode: (step.mode ?? "driving") as Instructed["mode"],
    drivingSide: step.driving_side ?? ("none" as "left"),
    bearingAfter: step.maneuver.bearing_after ?? 0,
    ...(step.rotary_name === undefined ? {} : { rotary: step.rotary_name }),
    ...(step.maneuver.exit === undefined ? {} : { exit: step.maneuver.exit }),
  };
}

test("English sentences are those the authors of osrm-text-instructions expect, in all their own examples", () => {
  const all = fixtures();
  expect(all.length).toBeGreaterThan(300);
  const wrong = all.flatMap((fixture) => {
    const { options, instructions, file } = fixture;
    const ours = instructionText("en", toldBy(fixture), {
      ...(options?.legIndex === undefined ? {} : { leg: options.legIndex, legs: options.legCount ?? 0 }),
      ...(options?.waypointName === undefined ? {} : { name: options.waypointName }),
      isMotorway: options?.classes?.includes("motorway") ?? false,
    });
    return ours === instructions["en"] ? [] : [`${file.slice(folder.length)}: ${ours} | ${instructions["en"]}`];
  });
  expect(wrong).toEqual([]);
});

const cases: readonly [Partial<Instructed>, Parameters<typeof instructionText>[2], string, string][] = [
  [{ street: "Södra vägen", ref: "E 6" }, {}, "Turn left onto Södra vägen (E 6)", "左转，驶入Södra vägen（E 6）"],
  [{ street: "南京西路" }, {}, "Turn left onto 南京西路", "左转，驶入南京西路"],
  [{ modifier: "slight right" }, {}, "Make a slight right", "稍向右转"],
  [{ modifier: "uturn" }, {}, "Make a U-turn", "调头"],
  [
    { kind: "end of road", modifier: "right", street: "Kungsgatan" },
    {},
    "Turn right onto Kungsgatan",
    "在道路尽头右转，驶入Kungsgatan",
  ],
  [{ kind: "continue", modifier: "right", street: "A1" }, {}, "Turn right to stay on A1", "右转，继续沿A1行驶"],
  [
    { kind: "roundabout", exit: 2, street: "Avenyn" },
    {},
    "Enter the roundabout and take the 2nd exit onto Avenyn",
    "进入环岛，从第二出口驶出，驶入Avenyn",
  ],
  [
    { kind: "rotary", rotary: "五角场环岛", exit: 1 },
    {},
    "Enter 五角场环岛 and take the 1st exit",
    "进入五角场环岛，从第一出口驶出",
  ],
  [
    { kind: "rotary", rotary: "Korsvägen", exit: 3 },
    {},
    "Enter Korsvägen and take the 3rd exit",
    "进入Korsvägen环岛，从第三出口驶出",
  ],
  [
    { kind: "off ramp", modifier: "slight right", junction: "71", destination: "E 6: Oslo, Kungälv" },
    {},
    "Take exit 71 towards E 6: Oslo",
    "从71出口驶出，前往E 6: Oslo",
  ],
  [{ kind: "depart", bearingAfter: 95, street: "Avenyn" }, {}, "Head east on Avenyn", "向东出发，驶入Avenyn"],
  [
    { kind: "arrive", modifier: "right", street: "Avenyn" },
    {},
    "You have arrived at your destination, on the right",
    "您已到达目的地，在道路右侧",
  ],
  [
    { kind: "arrive", modifier: "left" },
    { leg: 0, legs: 2 },
    "You have arrived at your 1st destination, on the left",
    "您已到达第一个目的地，在道路左侧",
  ],
  [
    { kind: "arrive", modifier: "straight" },
    { name: "Liseberg" },
    "You have arrived at Liseberg, straight ahead",
    "您已到达Liseberg",
  ],
  [{ mode: "ferry", street: "Älvsnabben" }, {}, "Take the ferry Älvsnabben", "乘坐Älvsnabben轮渡"],
];

test.each(cases)("%o in %o is told in both languages", (told, place, english, chinese) => {
  expect(instructionText("en", { ...plain, ...told }, place)).toBe(english);
  expect(instructionText("zh-CN", { ...plain, ...told }, place)).toBe(chinese);
});

test("no combination of kind and modifier leaves a token, a gap or nothing at all", () => {
  const kinds = [
    "depart",
    "turn",
    "new name",
    "continue",
    "merge",
    "on ramp",
    "off ramp",
    "fork",
    "end of road",
    "roundabout",
    "rotary",
    "roundabout turn",
    "exit roundabout",
    "exit rotary",
    "notification",
    "arrive",
  ] as const;
  const modifiers = [
    "straight",
    "slight right",
    "right",
    "sharp right",
    "uturn",
    "sharp left",
    "left",
    "slight left",
  ] as const;
  for (const language of ["en", "zh-CN"] as const) {
    for (const kind of kinds) {
      for (const modifier of modifiers) {
        for (const named of [
          {},
          { street: "路" },
          { destination: "市" },
          { junction: "5" },
          { rotary: "岛", exit: 12 },
          { exit: 2 },
        ]) {
          const text = instructionText(language, { ...plain, kind, modifier, ...named });
          expect(text, `${language} ${kind} ${modifier}`).toMatch(/^\S.*\S$/);
          expect(text).not.toMatch(/[{}]| {2}|undefined| ,/);
          if (language === "zh-CN") expect(text).not.toMatch(/[a-zA-Z ]/);
        }
      }
    }
  }
});

test.each([
  ["E 6", "E 6", "E 6"],
  ["", "E 6;E 20", "E 6"],
  ["", "40 / 27", "40"],
  ["Kungsgatan (E 6)", "E 6", "Kungsgatan (E 6)"],
  ["", "", ""],
])("the street %j with the number %j is called %j, nothing twice", (street, ref, expected) => {
  expect(wayName("en", { street, ref })).toBe(expected);
});

test.each([
  ["E 6: Oslo, Kungälv", "E 6: Oslo"],
  ["Oslo;Kungälv", "Oslo"],
  ["Oslo / Hamnar", "Oslo"],
  ["E 6, E 20: Oslo", "E 6: Oslo"],
  ["", ""],
])("of the sign %j the first place is told: %j", (sign, expected) => {
  expect(firstDestination(sign)).toBe(expected);
});
