import fc from "fast-check";
import { expect, test } from "vitest";
import { createFormats } from "./format.ts";

const english = createFormats({ language: "en", units: "metric", timeZone: "Europe/Stockholm" });
const chinese = createFormats({ language: "zh-CN", units: "metric", timeZone: "Europe/Stockholm" });
const miles = createFormats({ language: "en", units: "imperial", timeZone: "Europe/Stockholm" });
const plain = (text: string) => text.replaceAll("\u00a0", " ");

test("distances are said as a co-driver says them", () => {
  expect(plain(english.distance(283))).toBe("280 m");
  expect(plain(english.distance(43))).toBe("45 m");
  expect(plain(english.distance(1_240))).toBe("1.2 km");
  expect(plain(english.distance(999))).toBe("1.0 km");
  expect(plain(chinese.distance(283))).toBe("280 米");
  expect(plain(chinese.distance(12_300))).toBe("12.3 公里");
  expect(plain(miles.distance(100))).toBe("350 ft");
  expect(plain(miles.distance(1_609))).toBe("1.0 mi");
});

test("durations grow from seconds to hours", () => {
  expect(plain(english.duration(42))).toBe("42 s");
  expect(plain(english.duration(59.6))).toBe("1 min");
  expect(plain(english.duration(720))).toBe("12 min");
  expect(plain(english.duration(3_900))).toBe("1 h 5 min");
  expect(plain(english.duration(7_200))).toBe("2 h");
  expect(plain(chinese.duration(3_900))).toBe("1 小时 5 分钟");
});

test("speed, temperature, energy and pressure follow the units of the person", () => {
  expect(english.speedFigure(24.17)).toEqual({ value: "87", unit: "km/h" });
  expect(miles.speedFigure(24.17)).toEqual({ value: "54", unit: "mph" });
  expect(plain(english.temperature(20.5, 1))).toBe("20.5 °C");
  expect(plain(miles.temperature(20.5, 1))).toBe("69 °F");
  expect(plain(english.energy(12.34))).toBe("12.3 kWh");
  expect(plain(english.consumption(15, 100_000))).toBe("15.0 kWh/100 km");
  expect(plain(english.pressure(250_000))).toBe("2.5 bar");
  expect(plain(miles.pressure(250_000))).toBe("36 psi");
});

test("a figure that rounds to nought carries no minus", () => {
  expect(plain(english.power(-0.02))).toBe("0.0 kW");
  expect(plain(english.temperature(-0.3))).toBe("0 °C");
  expect(plain(english.temperature(-3.4))).toBe("-3 °C");
});

test("an age says how long ago, in both languages", () => {
  const now = Date.UTC(2026, 10, 22, 12);
  expect(english.age(now - 3_000, now)).toBe("now");
  expect(english.age(now - 300_000, now)).toBe("5 min. ago");
  expect(chinese.age(now - 300_000, now)).toBe("5分钟前");
  expect(english.age(now - 3 * 86_400_000, now)).toBe("3 days ago");
});

test("the clock is local", () => {
  expect(english.clock(Date.UTC(2026, 10, 22, 20, 4))).toBe("21:04");
});

test("every distance has a figure and a unit", () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1e6, noNaN: true }), (metres) => {
      for (const formats of [english, chinese, miles]) {
        expect(plain(formats.distance(metres))).toMatch(/^[\d.,]+ \S+$/);
      }
    }),
  );
});

test("money is shown in its own currency, whose minor unit may be none", () => {
  expect(english.money({ minor: 4_850, currency: "EUR" })).toBe("€48.50");
  expect(english.money({ minor: 480, currency: "JPY" })).toBe("¥480");
});
