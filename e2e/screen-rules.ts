import axe from "axe-core";
import type { Page } from "playwright-core";

/** The sizes a screen promises, in CSS pixels. Map names are drawn on the canvas and exempt. */
export interface ScreenRules {
  readonly target: number;
  /** The smallest text there may be. */
  readonly text: number;
}

export const cockpitRules: ScreenRules = { target: 76, text: 24 };
export const phoneRules: ScreenRules = { target: 48, text: 14 };
export const consoleRules: ScreenRules = { target: 32, text: 12 };

/** What is wrong with what is on the page now, one sentence each: sizes, and with `axe` (true unless told) names and contrast, which takes a second. */
export async function faultsOf(
  page: Page,
  rules: ScreenRules,
  checks: { axe: boolean } = { axe: true },
): Promise<string[]> {
  await page.evaluate(settled);
  const sizes = await page.evaluate(findSizeFaults, rules);
  if (!checks.axe) return sizes;
  await page.evaluate(axe.source);
  const found = await page.evaluate(async () => {
    const results = await window.axe.run(document, {
      runOnly: ["wcag2a", "wcag2aa", "wcag21aa"],
      resultTypes: ["violations"],
    });
    return results.violations.flatMap((rule) =>
      rule.nodes.map((node) => `${rule.id}: ${node.html.slice(0, 160)} ${node.failureSummary ?? ""}`),
    );
  });
  return [...sizes, ...found];
}

/** Colours fade when a page takes on its look; what is judged is what stays. */
async function settled(): Promise<void> {
  const ending = document.getAnimations().filter((each) => each.effect?.getComputedTiming().endTime !== Infinity);
  await Promise.allSettled(ending.map(({ finished }) => finished));
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
}

declare global {
  interface Window {
    readonly axe: typeof axe;
  }
}

// Runs in the page, so it may use nothing from outside itself.
function findSizeFaults(rules: ScreenRules): string[] {
  const faults: string[] = [];
  const isShown = (element: Element) => {
    const box = element.getBoundingClientRect();
    return (
      box.width > 0 && box.height > 0 && element.checkVisibility({ visibilityProperty: true, opacityProperty: true })
    );
  };
  const nameOf = (element: Element) =>
    `${element.tagName.toLowerCase()} "${(element.getAttribute("aria-label") ?? element.textContent ?? "").trim().slice(0, 40)}"`;
  const tolerance = 0.5;
  for (const element of document.querySelectorAll(
    "button, a[href], input, select, [role=button], [role=switch], [role=radio]",
  )) {
    if (!isShown(element) || element.closest(".maplibregl-map") !== null) continue;
    // A slider is touched on its track, a field in its box.
    const touched =
      element instanceof HTMLInputElement ? (element.closest(".ui-slider-track, .ui-field-box") ?? element) : element;
    const box = touched.getBoundingClientRect();
    if (box.height < rules.target - tolerance || box.width < rules.target - tolerance)
      faults.push(
        `${nameOf(element)} is ${Math.round(box.width)} x ${Math.round(box.height)}, less than ${rules.target}`,
      );
  }
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const element = texts.currentNode.parentElement;
    const text = texts.currentNode.textContent?.trim() ?? "";
    if (text === "" || element === null || !isShown(element)) continue;
    if (
      element.closest(".maplibregl-map, .ui-map-attribution, style, script, .visually-hidden, .u-legend, option") !==
      null
    )
      continue;
    const size = Number.parseFloat(getComputedStyle(element).fontSize);
    if (size < rules.text - tolerance)
      faults.push(`text "${text.slice(0, 40)}" is ${size} px, less than ${rules.text}`);
    if (text.length > 120 && rules.target >= 76 && element.closest("[data-long-text]") === null)
      faults.push(`text of ${text.length} characters: "${text.slice(0, 60)}..."`);
  }
  return faults;
}

/** What a driver's screen shows although the car moves: keyboards, fields, videos, long or scrolling lists. */
export function drivingFaultsOf(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const faults: string[] = [];
    const shown = (selector: string) =>
      [...document.querySelectorAll(selector)].filter((element) => {
        const box = element.getBoundingClientRect();
        return box.width > 0 && box.height > 0;
      });
    for (const field of shown("input:not([type=range]), textarea, [contenteditable=true]"))
      faults.push(`a text field is shown while moving: ${field.outerHTML.slice(0, 120)}`);
    for (const video of shown("video")) faults.push(`a video is shown while moving: ${video.outerHTML.slice(0, 120)}`);
    for (const sheet of shown(".ui-sheet-body")) {
      if (sheet.scrollHeight > sheet.clientHeight + 1) faults.push("a sheet scrolls while moving");
      const rows = [...sheet.querySelectorAll(".ui-row")].filter((row) => row.getBoundingClientRect().height > 0);
      if (rows.length > 6) faults.push(`${rows.length} rows are shown while moving`);
    }
    return faults;
  });
}
