import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { openBrowser } from "./browser.ts";
import { consoleRules, faultsOf, phoneRules, type ScreenRules } from "./screen-rules.ts";
import { signedIn, signInLink } from "./sign-in.ts";

/** Every page of phone and console, in both languages and looks, signed in and out, with and without a network: sizes, names, contrast, and nothing cut off. */
const pictures = resolve(import.meta.dirname, "../artefacts/screens");
const opened = await openBrowser();
const caravan = inject("caravan");

const outfits = (["en", "zh-CN"] as const).flatMap((language) =>
  (["day", "night"] as const).map((look) => ({ language, look })),
);
type Outfit = (typeof outfits)[number];
type App = "phone" | "console";

/** The cookies of the first account. */
let session: Awaited<ReturnType<BrowserContext["storageState"]>>;

beforeAll(async () => {
  if (opened === undefined) return;
  await mkdir(pictures, { recursive: true });
  const context = await signedIn(opened.browser, caravan, {});
  session = await context.storageState();
  await context.close();
});

afterAll(async () => {
  await opened?.close();
});

async function dressed(
  app: App,
  size: { width: number; height: number },
  outfit: Outfit,
  isSignedIn = true,
): Promise<{ context: BrowserContext; page: Page }> {
  const browser: Browser | undefined = opened?.browser;
  if (browser === undefined) throw new Error("no browser");
  const context = await browser.newContext({
    viewport: size,
    reducedMotion: "reduce",
    locale: outfit.language === "en" ? "en-GB" : "zh-CN",
    ...(isSignedIn ? { storageState: session } : {}),
  });
  await context.addInitScript(({ key, taste }) => localStorage.setItem(key, taste), {
    key: `caravan-${app}-taste`,
    taste: JSON.stringify({ ...outfit, units: "metric" }),
  });
  const page = await context.newPage();
  await page.goto(`${caravan.cloud}/${app}/`);
  await page.locator(`html[lang="${outfit.language}"][data-look="${outfit.look}"]`).waitFor({ state: "attached" });
  return { context, page };
}

/** Checks what is shown now, and keeps a picture of it. */
async function check(page: Page, rules: ScreenRules, name: string, outfit: Outfit): Promise<void> {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  const cut = await page.locator("dialog").evaluateAll((all) => all.some((one) => one.scrollWidth > one.clientWidth));
  expect.soft(cut, `${name} has a dialog that is cut off`).toBe(false);
  expect.soft(wide, `${name} is wider than its window`).toBeLessThanOrEqual(0);
  expect.soft(await faultsOf(page, rules), name).toEqual([]);
  await page.screenshot({ path: join(pictures, `${name}-${outfit.language}-${outfit.look}.png`) });
}

const portrait = { width: 390, height: 844 };
const small = { width: 360, height: 640 };
const desk = { width: 1_280, height: 800 };

describe.skipIf(opened === undefined)("phone", () => {
  test.each(outfits)("car, settings and sign-in keep the rules: $language, $look", async (outfit) => {
    const { context, page } = await dressed("phone", outfit.look === "day" ? portrait : small, outfit);
    await expect.poll(() => page.getByTestId("charge").textContent(), { timeout: 20_000 }).toContain("%");
    await page.locator(".ui-map-canvas canvas").waitFor({ state: "attached" });
    await check(page, phoneRules, "phone-car", outfit);
    await page.locator(".phone-head .ui-icon-button").click();
    await page.locator(".ui-segmented").first().waitFor();
    await check(page, phoneRules, "phone-settings", outfit);
    await context.close();

    const stranger = await dressed("phone", small, outfit, false);
    await stranger.page.locator(".phone-signed-out").waitFor();
    await check(stranger.page, phoneRules, "phone-signed-out", outfit);
    await stranger.page.getByRole("textbox").fill("no link at all");
    await stranger.page.getByRole("textbox").press("Enter");
    await stranger.page.getByRole("alert").waitFor();
    await check(stranger.page, phoneRules, "phone-signed-out-refused", outfit);
    await stranger.context.close();
  });

  test("with no network the phone opens and shows the last state with its age, and signing out leaves none of it", async () => {
    const outfit = { language: "en", look: "night" } as const;
    const { context, page } = await dressed("phone", portrait, outfit);
    await expect.poll(() => page.getByTestId("charge").textContent(), { timeout: 20_000 }).toContain("%");
    // Its own files lie in the service worker's cache once that has what the page loaded.
    await expect
      .poll(() => page.evaluate(async () => (await caches.match("/phone/")) !== undefined), { timeout: 20_000 })
      .toBe(true);
    await context.setOffline(true);
    await page.reload();
    await page.getByRole("status").getByText("No connection to the cloud").waitFor();
    expect(await page.getByTestId("charge").textContent()).toContain("%");
    // Every card says it, and the head of the page.
    expect(await page.getByText(/as of .*(moment|ago)/).count()).toBeGreaterThanOrEqual(5);
    await check(page, phoneRules, "phone-offline", outfit);

    await context.setOffline(false);
    await page.reload();
    await page.getByRole("button", { name: "Settings" }).click();
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByRole("button", { name: "Close" }).click();
    await page.getByRole("heading", { name: "Sign in to see your car" }).waitFor();
    expect(await page.evaluate(() => Object.keys(localStorage))).toEqual(["caravan-phone-taste"]);

    // A link pasted into the app itself signs in too; a used one is refused in words.
    const link = await signInLink(caravan);
    await page.getByRole("textbox", { name: "Sign-in link" }).fill(link);
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect.poll(() => page.getByTestId("charge").textContent(), { timeout: 20_000 }).toContain("%");
    session = await context.storageState();
    await context.close();
  });
});

describe.skipIf(opened === undefined)("console", () => {
  // Its map is dear to draw without a graphics card; sizes hang on the language and contrast on the look, so two outfits find both.
  test.each([outfits[0], outfits[3]].filter((outfit) => outfit !== undefined))(
    "fleet, one car, a new car and settings keep the rules: $language, $look",
    async (outfit) => {
      const { context, page } = await dressed("console", desk, outfit);
      const row = page.locator(".console-table tbody tr").first();
      await row.waitFor();
      await page.locator(".ui-map-canvas canvas").waitFor({ state: "attached" });
      await check(page, consoleRules, "console-fleet", outfit);
      await row.click();
      await page.getByTestId("speed-chart").locator("canvas").waitFor();
      await check(page, consoleRules, "console-car", outfit);
      expect
        .soft(
          await page.locator(".console-table-scroll").evaluate((box) => box.scrollWidth - box.clientWidth),
          "the table beside the panel",
        )
        .toBeLessThanOrEqual(0);
      await page.locator(".console-table-head .ui-icon-button").first().click();
      await page.locator(".console-command").waitFor();
      expect(await page.locator(".console-command").textContent()).toMatch(
        /^npm start -- --car-only --cloud-url http:\/\/localhost:\d+ --enrol=[\w-]{20,}\s*$/,
      );
      await check(page, consoleRules, "console-new-car", outfit);
      await page.keyboard.press("Escape");
      await page.locator(".console-section").last().click();
      await page.locator(".console-settings").waitFor();
      await check(page, consoleRules, "console-settings", outfit);
      await page.setViewportSize(portrait);
      await page.locator(".console-section").first().click();
      await row.waitFor();
      await check(page, consoleRules, "console-narrow", outfit);
      await context.close();

      const stranger = await dressed("console", desk, outfit, false);
      await stranger.page.locator(".console-signed-out").waitFor();
      await check(stranger.page, consoleRules, "console-signed-out", outfit);
      await stranger.context.close();
    },
  );

  test("a car is renamed by hand and back by undo", async () => {
    const { context, page } = await dressed("console", desk, { language: "en", look: "night" });
    await page.locator(".console-table tbody tr").first().click();
    const heading = page.locator(".console-panel h1");
    const before = (await heading.textContent()) ?? "";
    const names = async () => {
      const answer = await context.request.get(`${caravan.cloud}/api/vehicles`);
      return JSON.stringify(await answer.json());
    };
    await page.getByRole("button", { name: "Rename" }).click();
    await page.getByRole("textbox", { name: "Name of the car" }).fill("Sparrow");
    await page.keyboard.press("Enter");
    await expect.poll(names).toContain('"Sparrow"');
    await page.getByRole("button", { name: "Undo" }).click();
    await expect.poll(names).not.toContain('"Sparrow"');
    await expect.poll(() => heading.textContent()).toBe(before);
    await context.close();
  });
});
