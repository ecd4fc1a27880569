import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { tokensCss } from "./tokens-css.ts";
import { colours, sizes, type Look } from "./tokens.ts";

const luminance = (hex: string): number => {
  const channel = (at: number) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.040_45 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
};

// WCAG 2.2, relative luminance and contrast ratio.
const contrast = (one: string, other: string): number => {
  const [light, dark] = [luminance(one), luminance(other)].toSorted((a, b) => b - a);
  return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05);
};

const looks: readonly Look[] = ["night", "day"];

test.each(looks)("by %s every text can be read on every ground", (look) => {
  const palette = colours[look];
  for (const ground of [palette.background, palette.surface, palette.raised, palette.card]) {
    for (const ink of [palette.text, palette.quiet, palette.accent, palette.good, palette.caution, palette.danger]) {
      expect(contrast(ink, ground), `${ink} on ${ground}`).toBeGreaterThanOrEqual(4.5);
    }
  }
  expect(contrast(palette.onAccent, palette.accent)).toBeGreaterThanOrEqual(4.5);
  expect(contrast(palette.onDanger, palette.danger)).toBeGreaterThanOrEqual(4.5);
  for (const ground of [palette.press, palette.accentSoft]) {
    expect(contrast(palette.text, ground)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(palette.quiet, ground), `quiet on ${ground}`).toBeGreaterThanOrEqual(4.5);
    expect(contrast(palette.accent, ground), `accent on ${ground}`).toBeGreaterThanOrEqual(4.5);
  }
});

test("the cockpit can be touched and read at arm's length", () => {
  expect(sizes.cockpit.target).toBeGreaterThanOrEqual(76);
  expect(sizes.cockpit.text).toBeGreaterThanOrEqual(32);
  expect(sizes.cockpit.small).toBeGreaterThanOrEqual(24);
  expect(sizes.phone.target).toBeGreaterThanOrEqual(48);
});

test("the style sheet says what the tokens say", () => {
  expect(readFileSync(new URL("tokens.css", import.meta.url), "utf8")).toBe(tokensCss());
});
