import { expect, test } from "vitest";
import { en } from "./en.ts";
import { delayText, detourTime, timeDifference, wayDifference } from "./time-difference.ts";
import { zhCN } from "./zh-CN.ts";

const formats = { duration: (seconds: number) => `${seconds / 60} min` };

test("another way says how much longer or shorter it takes, in whole minutes", () => {
  expect(timeDifference(en, formats, 170)).toBe("+3 min");
  expect(timeDifference(en, formats, -400)).toBe("−7 min");
  expect(timeDifference(zhCN, formats, 170)).toBe("多3 min");
});

test("less than a minute is no difference", () => {
  expect(timeDifference(en, formats, 20)).toBe("Same time");
  expect(timeDifference(en, formats, -44)).toBe("Same time");
  expect(timeDifference(en, formats, 50)).toBe("+1 min");
});

test("ways of five and six minutes are a minute apart, however near the seconds are", () => {
  expect(wayDifference(en, formats, 331, 328)).toBe("+1 min");
  expect(wayDifference(en, formats, 328, 272)).toBe("Same time");
  expect(wayDifference(en, formats, 280, 331)).toBe("−1 min");
});

test("a place says what going there costs on the way, or that it costs nothing", () => {
  expect(detourTime(en, formats, 185)).toBe("+3 min");
  expect(detourTime(en, formats, 4)).toBe("On the way");
});

test("traffic is worth a word from a minute on", () => {
  expect(delayText(en, formats, 59)).toBeUndefined();
  expect(delayText(en, formats, 340)).toBe("6 min of traffic");
});
