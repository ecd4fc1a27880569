import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { openBrowser } from "./browser.ts";
import { CockpitClient } from "./cockpit-client.ts";
import { cockpitRules, drivingFaultsOf, faultsOf } from "./screen-rules.ts";
import { signalOf } from "./signal.ts";

/** Every screen of the cockpit, in both languages and looks, standing and moving: sizes, names, contrast and what a driver may be shown. */
const pictures = resolve(import.meta.dirname, "../artefacts/screens");
const opened = await openBrowser();
const caravan = inject("caravan");

/** At the other end of the default city. */
const farAway = { lat: 57.7225, lon: 11.9386, name: "Lundby" };

const languages = ["en", "zh-CN"] as const;
const looks = ["day", "night"] as const;
const sheets = [
  { name: "map", key: "m" },
  { name: "search", key: "s" },
  { name: "trips", key: "t" },
  { name: "car", key: "c" },
  { name: "settings", key: "," },
] as const;

let car: CockpitClient;
let page: Page;

beforeAll(async () => {
  if (opened === undefined) return;
  await mkdir(pictures, { recursive: true });
  car = await CockpitClient.open(caravan.cockpit);
  await car.ask({ do: "settings", change: { tourDone: true } });
  page = await opened.browser.newPage({ viewport: { width: 1_280, height: 720 }, locale: "en-GB" });
  await page.goto(caravan.cockpit);
  await page.locator(".ui-map-canvas canvas").waitFor({ state: "attached" });
});

afterAll(async () => {
  car?.close();
  await opened?.close();
});

async function wear(language: string, look: string): Promise<void> {
  await car.ask({ do: "settings", change: { language, look } });
  await page.locator(`html[lang="${language}"][data-look="${look}"]`).waitFor({ state: "attached" });
}

/** Sets the car on a long way, if it is not on one. */
async function drive(): Promise<void> {
  const state = await signalOf(caravan, "Vehicle.Caravan.Journey.State");
  if (state !== "DRIVING") {
    await car.ask({ do: "plan", to: farAway });
    await car.ask({ do: "drive" });
  }
  await expect.poll(() => signalOf(caravan, "Vehicle.IsMoving"), { timeout: 60_000 }).toBe("true");
}

/** Ends whatever drive there is. */
async function stand(): Promise<void> {
  await car.ask({ do: "end" });
  await expect.poll(() => signalOf(caravan, "Vehicle.IsMoving"), { timeout: 60_000 }).toBe("false");
}

/** Opens a place of the dock by its key, from wherever the focus is. */
async function open(key: string): Promise<void> {
  await page.keyboard.press("Escape");
  await page.locator(".ui-sheet").waitFor({ state: "detached" });
  await page.keyboard.press(key);
  await page.waitForTimeout(350);
}

/** Sizes on each of the pages that the open sheet has. */
async function faultsOfItsPages(): Promise<string[]> {
  const tabs = page.locator(".ui-sheet [role=radiogroup]").first().getByRole("radio");
  const found: string[] = [];
  for (let tab = 0; tab < (await tabs.count()); tab++) {
    await tabs.nth(tab).click();
    found.push(...(await faultsOf(page, cockpitRules, { axe: false })));
  }
  await tabs.first().click();
  return found;
}

const outfits = languages.flatMap((language) => looks.map((look) => ({ language, look })));

describe.skipIf(opened === undefined)("while the car moves", () => {
  test.each(outfits)("nothing asks for more than a glance: $language, $look", async ({ language, look }) => {
    await drive();
    await wear(language, look);
    let seenMoving = 0;
    for (const { name, key } of sheets) {
      await open(key);
      // A car that stops at a crossing shows more; only what is seen while it moves counts here.
      const before = await signalOf(caravan, "Vehicle.IsMoving");
      const faults = [
        ...(await drivingFaultsOf(page)),
        ...(await faultsOf(page, cockpitRules, { axe: name === "map" })),
      ];
      const after = await signalOf(caravan, "Vehicle.IsMoving");
      if (language === "en" && look === "night" && name === "search")
        await page.screenshot({ path: join(pictures, `moving-${name}.png`) });
      if (before !== "true" || after !== "true") continue;
      seenMoving += 1;
      expect.soft(faults, `${name} while moving`).toEqual([]);
    }
    expect(seenMoving).toBeGreaterThan(0);
  });
});

test.skipIf(opened === undefined)("the check itself finds a small, nameless, pale button and a keyboard", async () => {
  const blank = await page.context().browser()?.newPage();
  if (blank === undefined) throw new Error("no browser");
  await blank.setContent(
    '<html lang="en"><title>x</title><body style="background:#fff"><button style="width:40px;height:40px"></button><p style="font-size:12px;color:#ccc">pale</p><input aria-label="x" style="height:90px;width:90px"></body></html>',
  );
  const faults = (await faultsOf(blank, cockpitRules)).join("\n");
  for (const expected of ["less than 76", "less than 24", "button-name", "color-contrast"])
    expect(faults).toContain(expected);
  expect(await drivingFaultsOf(blank)).toHaveLength(1);
  await blank.close();
});

describe.skipIf(opened === undefined)("on the way to a drive", () => {
  test("the tour, a planned route and the view behind the car keep the rules", async () => {
    await stand();
    await wear("en", "night");
    await page.keyboard.press("Escape");
    await car.ask({ do: "plan", to: { lat: 57.7008, lon: 11.9687, name: "Vasagatan" } });
    await page.getByRole("button", { name: "Drive", exact: true }).waitFor();
    expect.soft(await faultsOf(page, cockpitRules), "planned route").toEqual([]);
    await page.screenshot({ path: join(pictures, "planned.png") });
    await stand();

    await car.ask({ do: "actuate", path: "Vehicle.Powertrain.Transmission.SelectedGear", value: -1 });
    await page.locator(".rear canvas").waitFor();
    expect.soft(await faultsOf(page, cockpitRules), "view behind the car").toEqual([]);
    await page.screenshot({ path: join(pictures, "rear.png") });
    await car.ask({ do: "actuate", path: "Vehicle.Powertrain.Transmission.SelectedGear", value: 126 });

    await car.ask({ do: "settings", change: { tourDone: false } });
    await page.reload();
    await page.getByRole("dialog").waitFor();
    expect.soft(await faultsOf(page, cockpitRules), "tour").toEqual([]);
    await page.screenshot({ path: join(pictures, "tour.png") });
    await car.ask({ do: "settings", change: { tourDone: true } });
  });
});

describe.skipIf(opened === undefined)("while the car stands", () => {
  test.each(outfits)(
    "every screen keeps its sizes, names and contrast: $language, $look",
    async ({ language, look }) => {
      await stand();
      await wear(language, look);
      // A picture of a drawn map takes longer than all the checks of a screen: each language and each look once.
      const isPictured = (language === "en") === (look === "day");
      for (const { name, key } of sheets) {
        await open(key);
        expect.soft(await faultsOf(page, cockpitRules), name).toEqual([]);
        if (isPictured) await page.screenshot({ path: join(pictures, `standing-${name}-${language}-${look}.png`) });
        if (name === "car") expect.soft(await faultsOfItsPages(), "the pages of the car").toEqual([]);
      }
      await open("s");
      await page.getByRole("textbox").fill("Vasag");
      await page.locator(".ui-sheet .ui-row").first().waitFor();
      expect.soft(await faultsOf(page, cockpitRules), "search results").toEqual([]);
      if (isPictured) await page.screenshot({ path: join(pictures, `standing-results-${language}-${look}.png`) });
    },
  );
});
