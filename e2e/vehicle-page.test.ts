import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { openBrowser } from "./browser.ts";
import { consoleRules, faultsOf } from "./screen-rules.ts";
import { signedIn } from "./sign-in.ts";

/** The console's page of one car: its views in both languages and looks by the rules of screens, the tree by keys, and a million points in a chart. */
const pictures = resolve(import.meta.dirname, "../artefacts/screens");
const opened = await openBrowser();
const caravan = inject("caravan");
const desk = { width: 1_280, height: 800 };
const hand = { width: 390, height: 844 };

let context: BrowserContext;
let page: Page;
let vehicle = "";

beforeAll(async () => {
  if (opened === undefined) return;
  await mkdir(pictures, { recursive: true });
  context = await signedIn(opened.browser, caravan, { viewport: desk, reducedMotion: "reduce" });
  const answer = await context.request.get(`${caravan.cloud}/api/vehicles`);
  const [car] = (await answer.json()) as { vehicle: string }[];
  vehicle = car?.vehicle ?? "";
  page = await context.newPage();
});

afterAll(async () => {
  await opened?.close();
});

const open = (view: string) => page.goto(`${caravan.cloud}/console/fleet/${vehicle}/${view}`);

async function wear(outfit: { language: "en" | "zh-CN"; look: "day" | "night" }): Promise<void> {
  await page.goto(`${caravan.cloud}/console/settings`);
  await page.evaluate(
    (taste) => localStorage.setItem("caravan-console-taste", taste),
    JSON.stringify({ ...outfit, units: "metric" }),
  );
}

describe.skipIf(opened === undefined)("the page of one car", () => {
  const outfits = [
    { language: "en", look: "day" },
    { language: "zh-CN", look: "night" },
  ] as const;
  const shown = {
    signals: "[role=treeitem]",
    charts: "[data-testid=plot] canvas",
    // A car that has just been started may have no trip yet.
    trips: ".trips-way",
    sources: "[data-testid=readings] td",
    link: ".vehicle-link a",
  } as const;

  test.each(outfits)("every view keeps the rules on a desk and in a hand: $language, $look", async (outfit) => {
    await wear(outfit);
    for (const [view, sign] of Object.entries(shown)) {
      for (const size of [desk, hand]) {
        await page.setViewportSize(size);
        await open(view);
        await page.locator(sign).first().waitFor({ timeout: 60_000 });
        const name = `vehicle-${view}-${size === desk ? "desk" : "hand"}`;
        const wide = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        expect.soft(wide, `${name} is wider than its window`).toBeLessThanOrEqual(0);
        // A view's own styles come with it, a moment after its words.
        await expect.poll(() => faultsOf(page, consoleRules), { message: name, timeout: 15_000 }).toEqual([]);
        await page.screenshot({ path: join(pictures, `${name}-${outfit.language}-${outfit.look}.png`) });
      }
    }
    await page.setViewportSize(desk);
  });

  test("a signal is found by typing, read live, and drawn, without a mouse", async () => {
    await wear({ language: "en", look: "night" });
    await open("signals");
    const tree = page.getByRole("tree");
    await tree.focus();
    await page.keyboard.type("vehicle.speed");
    await page.keyboard.press("Enter");
    await expect.poll(() => page.getByRole("treeitem").count()).toBeLessThan(8);
    await page.keyboard.press("Home");
    const value = page.getByTestId("signal-value");
    await expect.poll(() => value.textContent()).toMatch(/km\/h$/);
    const latest = async () => {
      const answer = await context.request.get(`${caravan.cloud}/api/vehicles/${vehicle}`);
      const { values } = (await answer.json()) as { values: Record<string, { value: number }> };
      return values["Vehicle.Speed"]?.value ?? Number.NaN;
    };
    // The figure follows what the cloud has heard of the car.
    await expect
      .poll(async () => Math.abs((await latest()) - Number.parseFloat((await value.textContent()) ?? "")), {
        timeout: 30_000,
      })
      .toBeLessThan(0.01);
    await page.getByRole("button", { name: "Show over time" }).press("Enter");
    await page.locator("[data-testid=plot] canvas").waitFor();
    expect(page.url()).toContain("signals=Vehicle.Speed");
  });

  test("folded branches stay out of the page, however many signals there are", async () => {
    await open("signals");
    await page.getByRole("switch").press("Space");
    await page.keyboard.press("/");
    await page.keyboard.type("e");
    await expect
      .poll(() => page.locator(".signals-head [role=status]").textContent())
      .toMatch(/ of (\d{3,}|\d,\d{3}) signals/);
    expect(await page.getByRole("treeitem").count()).toBeLessThan(90);
  });

  test("a million points are drawn in less than a tenth of a second, and moving them blocks nothing", async () => {
    const count = 1_000_000;
    const to = Date.now() - 60_000;
    const at = Array.from({ length: count }, (_, index) => to - (count - index) * 600);
    const values = at.map((_, index) => 50 + 40 * Math.sin(index / 5_000) + (index % 7));
    const body = JSON.stringify({ from: at[0], to, series: [{ path: "Vehicle.Speed", at, values }] });
    await page.route("**/history?**", (route) => route.fulfill({ contentType: "application/json", body }));
    await page.goto(`${caravan.cloud}/console/fleet/${vehicle}/charts?signals=Vehicle.Speed`);
    await page.getByRole("radio", { name: "7 days" }).click();
    // A span that stays does not grow.
    await page.getByRole("button", { name: "Earlier" }).click();
    await page.locator(`[data-testid=plot][data-points="${count}"] canvas`).waitFor({ timeout: 60_000 });
    // What is asked for from now on stays on its way: taking in the answer's text is not drawing.
    await page.unroute("**/history?**");
    await page.route("**/history?**", () => undefined);
    const chart = page.locator(".ui-chart-box");
    await chart.focus();
    await page.keyboard.press("+");
    // From a key to the picture, everything in between is done at once: React, thinning, and drawing on the canvas.
    const times = await chart.evaluate((element) => {
      const step = (key: string, shiftKey: boolean) => {
        const before = performance.now();
        element.dispatchEvent(new KeyboardEvent("keydown", { key, shiftKey, bubbles: true }));
        return new Promise<number>((done) => {
          const channel = new MessageChannel();
          channel.port1.addEventListener("message", () => done(performance.now() - before));
          channel.port1.start();
          channel.port2.postMessage(undefined);
        });
      };
      return (async () => {
        const whole: number[] = [];
        const moved: number[] = [];
        for (let turn = 0; turn < 5; turn++) {
          whole.push(await step("-", false));
          await step("+", false);
        }
        for (let turn = 0; turn < 40; turn++) moved.push(await step(turn % 2 === 0 ? "ArrowLeft" : "ArrowRight", true));
        const median = (list: number[]) => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)] ?? Infinity;
        return { whole: median(whole), moved: median(moved), worst: Math.max(...whole, ...moved) };
      })();
    });
    console.log(
      `a million points: drawn in ${times.whole.toFixed(1)} ms, moved in ${times.moved.toFixed(1)} ms (medians), worst ${times.worst.toFixed(1)} ms`,
    );
    expect(times.whole).toBeLessThan(100);
    expect(times.moved).toBeLessThan(50);
    await page.unroute("**/history?**");
  });
});
