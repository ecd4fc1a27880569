import { readFile, mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { openBrowser } from "./browser.ts";
import { CockpitClient } from "./cockpit-client.ts";
import { History } from "./history.ts";
import { signedIn } from "./sign-in.ts";
import { signalOf } from "./signal.ts";

/**
 * One drive through the city, seen by everybody: the driver searches a street and lets the car drive there; the owner's phone and the
 * console follow. What is asserted are the car's signals and the rows in the database, not the words that a tap itself set.
 */
const pictures = resolve(import.meta.dirname, "../artefacts/story");
const opened = await openBrowser();
const caravan = inject("caravan");

let history: History;
let car: CockpitClient;

beforeAll(async () => {
  await mkdir(pictures, { recursive: true });
  history = await History.open(caravan.data);
  car = await CockpitClient.open(caravan.cockpit);
});

afterAll(async () => {
  car.close();
  await history.close();
  await opened?.close();
});

test.skipIf(opened === undefined)(
  "a driver searches a street and is driven there while phone and console follow",
  async () => {
    if (opened === undefined) return;
    await car.ask({ do: "settings", change: { tourDone: false, language: "en" } });
    const cockpit = await opened.browser.newPage({ viewport: { width: 1_280, height: 720 }, locale: "en-GB" });
    await cockpit.goto(caravan.cockpit);

    // The simulation drives rounds of its own; a driver takes over by ending one.
    await car.ask({ do: "end" });
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

    const owner = await signedIn(opened.browser, caravan, { viewport: { width: 390, height: 844 } });
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
