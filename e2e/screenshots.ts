import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { Page } from "playwright-core";
import { openBrowser } from "./browser.ts";
import { startCaravan } from "./caravan.ts";
import { CockpitClient } from "./cockpit-client.ts";
import { signalOf } from "./signal.ts";

// Takes the pictures of README.md anew: `npm run screenshots`. Real screens of a real run on the default city.
const folder = resolve(import.meta.dirname, "../docs/pictures");
const port = 28_300;
const quality = 82;
/** Tiles and names come one after the other. */
const tilesMs = 12_000;
/** Near enough to a turn to see it, far enough to see the way there. */
const nearMetres = 170;

const opened = await openBrowser();
if (opened === undefined) process.exit(1);
const { browser } = opened;
await mkdir(folder, { recursive: true });
// Where the street it is on has four lanes before the first turn.
const caravan = await startCaravan({ port, flags: ["--cars", "6", "--at", "57.70712,11.9792"] });
try {
  const car = await CockpitClient.open(caravan.cockpit);
  await car.ask({ do: "settings", change: { tourDone: true, look: "night", language: "en" } });
  await car.ask({ do: "end" });
  await until(async () => (await signalOf(caravan, "Vehicle.IsMoving")) === "false");

  const cockpit = await browser.newPage({ viewport: { width: 1_920, height: 1_080 }, locale: "en-GB" });
  await cockpit.goto(caravan.cockpit);
  await cockpit.locator(".ui-map-canvas canvas").first().waitFor();
  await cockpit.keyboard.press("s");
  await cockpit.getByRole("textbox").fill("vasag kungsp");
  await cockpit.locator(".ui-sheet .list .ui-row").first().waitFor();
  await take(cockpit, "cockpit-search.jpg");

  await cockpit.keyboard.press("Escape");
  await car.ask({ do: "settings", change: { look: "day" } });
  await car.ask({ do: "plan", to: await found(car, "Linnégatan") });
  await take(cockpit, "cockpit-ways.jpg");

  await car.ask({ do: "settings", change: { look: "night" } });
  await car.ask({ do: "plan", to: { lat: 57.6967, lon: 11.987, name: "Korsvägen" } });
  await cockpit.waitForTimeout(tilesMs);
  await car.ask({ do: "drive" });
  await until(async () => {
    const toNext = car.latest("progress")?.progress.toNext ?? Infinity;
    return toNext < nearMetres && (await cockpit.locator(".banner .ui-lanes").count()) > 0;
  });
  await cockpit.screenshot({ path: join(folder, "cockpit-night.jpg"), type: "jpeg", quality });
  await car.ask({ do: "settings", change: { look: "day", language: "zh-CN" } });
  await take(cockpit, "cockpit-day-zh.jpg");
  await cockpit.close();
  car.close();

  const context = await browser.newContext({
    viewport: { width: 390, height: 844 },
    locale: "en-GB",
    colorScheme: "dark",
  });
  const phone = await context.newPage();
  await phone.goto(caravan.signIn ?? "");
  await phone.getByRole("button").first().click();
  await phone.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
  await phone.goto(`${caravan.cloud}/phone/`);
  await take(phone, "phone.jpg");
  await phone.close();

  const desk = await context.newPage();
  await desk.setViewportSize({ width: 1_600, height: 696 });
  await desk.goto(`${caravan.cloud}/console/`);
  await desk.getByRole("row").nth(1).click();
  await take(desk, "console.jpg");
  await desk.close();

  const page = await browser.newPage({ viewport: { width: 1_758, height: 1_580 } });
  await page.setContent(togetherHtml());
  for (const [id, file] of Object.entries({ cockpit: "cockpit-night.jpg", phone: "phone.jpg", console: "console.jpg" }))
    await page
      .locator(`#${id}`)
      .evaluate((image, source) => image.setAttribute("src", source), await asData(join(folder, file)));
  await page.screenshot({ path: join(folder, "screens.jpg"), type: "jpeg", quality });
} finally {
  await opened.close();
  await caravan.stop();
}

async function take(page: Page, file: string): Promise<void> {
  await page.locator(".ui-map-canvas canvas").first().waitFor();
  await page.waitForTimeout(tilesMs);
  await page.screenshot({ path: join(folder, file), type: "jpeg", quality });
}

/** The first place that is found by its name. */
async function found(car: CockpitClient, text: string): Promise<{ lat: number; lon: number; name: string }> {
  const places = await car.ask({ do: "search", text });
  if (!Array.isArray(places) || places.length === 0) throw new Error(`${text} was not found`);
  const { lat, lon, name } = places[0] as { lat: number; lon: number; name: string };
  return { lat, lon, name };
}

async function asData(file: string): Promise<string> {
  const { readFile } = await import("node:fs/promises");
  return `data:image/jpeg;base64,${(await readFile(file)).toString("base64")}`;
}

function togetherHtml(): string {
  return `<body style="margin:0;background:#05080b">
    <style>img{position:absolute;border-radius:20px;outline:1px solid #1c2631}</style>
    <img id="cockpit" style="left:40px;top:40px;width:1300px">
    <img id="phone" style="left:1380px;top:40px;height:731px">
    <img id="console" style="left:40px;top:811px;width:1678px">
  </body>`;
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  const endAt = Date.now() + 90_000;
  while (!(await holds())) {
    if (Date.now() > endAt) throw new Error("waited in vain");
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
}
