import { readFile, mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openBrowser } from "./browser.ts";
import { startCaravan, type Caravan } from "./caravan.ts";
import { History } from "./history.ts";
import { signalOf } from "./signal.ts";

/**
 * One drive through the city, seen by everybody: the driver searches a street and lets the car drive there; the owner's phone and the
 * console follow. What is asserted are the car's signals and the rows in the database, not the words that a tap itself set.
 */
const pictures = resolve(import.meta.dirname, "../artefacts/story");
const opened = await openBrowser();
const port = 28_400;

let caravan: Caravan;
let history: History;

beforeAll(async () => {
  await mkdir(pictures, { recursive: true });
  caravan = await startCaravan({ port });
  history = await History.open(caravan.data);
});

afterAll(async () => {
  await history?.close();
  await opened?.close();
  await caravan?.stop();
});

const size = { width: 1_280, height: 720 };

async function cockpitPage(): Promise<Page> {
  if (opened === undefined) throw new Error("no browser");
  const page = await opened.browser.newPage({ viewport: size, locale: "en-GB" });
  await page.goto(caravan.cockpit);
  return page;
}

async function signedIn(viewport: { width: number; height: number }): Promise<BrowserContext> {
  if (opened === undefined || caravan.signIn === undefined) throw new Error("no browser or no sign-in link");
  const context = await opened.browser.newContext({ viewport, locale: "en-GB" });
  const page = await context.newPage();
  await page.goto(caravan.signIn);
  await page.getByRole("button").first().click();
  await page.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
  await page.close();
  return context;
}

test.skipIf(opened === undefined)(
  "a driver searches a street and is driven there while phone and console follow",
  async () => {
    const cockpit = await cockpitPage();

    // The simulation drives a round of its own first; a driver takes over by ending it.
    const end = cockpit.getByRole("button", { name: "End route" });
    await end.waitFor();
    await end.click();
    await expect.poll(() => signalOf(caravan, "Vehicle.IsMoving"), { timeout: 60_000 }).toBe("false");

    await cockpit.getByRole("button", { name: "Skip" }).click({ timeout: 20_000 });
    await cockpit.getByRole("button", { name: "Search", exact: true }).click();
    await cockpit.getByRole("textbox").fill("Vasagatan");
    await cockpit
      .getByRole("button", { name: /^Vasagatan/ })
      .first()
      .click();
    await cockpit.getByRole("button", { name: "Drive", exact: true }).click();
    await expect.poll(() => signalOf(caravan, "Vehicle.Caravan.Journey.State"), { timeout: 20_000 }).toBe("DRIVING");
    await expect
      .poll(async () => Number(await signalOf(caravan, "Vehicle.Speed")), { timeout: 60_000 })
      .toBeGreaterThan(15);
    await cockpit.screenshot({ path: join(pictures, "cockpit.png") });
    await cockpit.close();

    const owner = await signedIn({ width: 390, height: 844 });
    const phone = await owner.newPage();
    await phone.goto(`${caravan.cloud}/phone/`);
    const where = phone.getByTestId("where");
    await expect.poll(() => where.getAttribute("data-lat"), { timeout: 20_000 }).not.toBeNull();
    const seenFirst = { lat: await where.getAttribute("data-lat"), lon: await where.getAttribute("data-lon") };
    const storedFirst = await history.latest("Vehicle.CurrentLocation.Latitude");
    await expect
      .poll(
        async () =>
          (await where.getAttribute("data-lat")) !== seenFirst.lat ||
          (await where.getAttribute("data-lon")) !== seenFirst.lon,
        { timeout: 60_000 },
      )
      .toBe(true);
    await expect
      .poll(async () => (await history.latest("Vehicle.CurrentLocation.Latitude"))?.at ?? 0)
      .toBeGreaterThan(storedFirst?.at ?? 0);
    // The phone shows what the database holds, and the database what the car said.
    const shown = Number(await where.getAttribute("data-lat"));
    expect(await history.holds("Vehicle.CurrentLocation.Latitude", shown)).toBe(true);
    await phone.screenshot({ path: join(pictures, "phone.png") });
    await phone.close();

    const console = await owner.newPage();
    await console.setViewportSize({ width: 1_440, height: 900 });
    await console.goto(`${caravan.cloud}/console/`);
    await console.getByRole("row").nth(1).click();
    const chart = console.getByTestId("speed-chart");
    const pointsFirst = Number(await chart.getAttribute("data-points"));
    const rowsFirst = await history.count("Vehicle.Speed");
    expect(pointsFirst).toBeGreaterThan(0);
    await expect
      .poll(async () => Number(await chart.getAttribute("data-points")), { timeout: 60_000 })
      .toBeGreaterThan(pointsFirst);
    expect(await history.count("Vehicle.Speed")).toBeGreaterThan(rowsFirst);
    await console.screenshot({ path: join(pictures, "console.png") });
    await owner.close();
  },
);

test.skipIf(opened === undefined)("nothing that the story showed was an error to the programs", async () => {
  const log = await readFile(join(caravan.data, "logs", "cloud.log"), "utf8").catch(() => "");
  const errors = log.split("\n").filter((line) => line.includes('"level":50'));
  expect(errors).toEqual([]);
});
