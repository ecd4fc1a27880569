import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { CockpitMessage } from "@caravan/link";
import type { Browser, Page } from "playwright-core";
import { expect } from "vitest";
import { startCaravan } from "./caravan.ts";
import type { Caravan } from "./caravan.ts";
import { CockpitClient } from "./cockpit-client.ts";
import { signalOf } from "./signal.ts";

const pictures = resolve(import.meta.dirname, "../artefacts/navigation");

export interface Drive {
  readonly caravan: Caravan;
  /** What the car says and may be asked beside what the page does. */
  readonly car: CockpitClient;
  readonly page: Page;
  /** Sentences the page has spoken so far, with the language of the voice. */
  spoken(): Promise<readonly { readonly text: string; readonly lang: string }[]>;
  picture(name: string): Promise<void>;
  stop(): Promise<void>;
}

/** A cockpit with a driver before it: a Caravan of its own, a page with voices for both languages, and nothing driving yet. */
export async function takeSeat(
  browser: Browser,
  options: { readonly port: number; readonly flags: readonly string[]; readonly language: "en" | "zh-CN" },
): Promise<Drive> {
  await mkdir(pictures, { recursive: true });
  const caravan = await startCaravan({ port: options.port, flags: options.flags });
  try {
    return await sitDown(browser, caravan, options.language);
  } catch (error) {
    await caravan.stop();
    throw error;
  }
}

async function sitDown(browser: Browser, caravan: Caravan, language: "en" | "zh-CN"): Promise<Drive> {
  const car = await CockpitClient.open(caravan.cockpit);
  await car.ask({ do: "settings", change: { tourDone: true, language } });
  await car.ask({ do: "end" });
  await expect.poll(() => signalOf(caravan, "Vehicle.IsMoving"), { timeout: 60_000 }).toBe("false");
  const page = await browser.newPage({ viewport: { width: 1_280, height: 720 }, locale: "en-GB" });
  await page.addInitScript(speakAloud);
  await page.goto(caravan.cockpit);
  await page.locator(".ui-map-canvas canvas").waitFor({ state: "attached", timeout: 120_000 });
  return {
    caravan,
    car,
    page,
    spoken: () => page.evaluate(() => (globalThis as unknown as { spoken: { text: string; lang: string }[] }).spoken),
    async picture(name) {
      // The camera and the tiles of a software-drawn map need a moment to come to rest.
      await page.waitForTimeout(1_500);
      await page.screenshot({ path: join(pictures, `${name}.png`), timeout: 120_000 });
    },
    async stop() {
      car.close();
      await page.close();
      await caravan.stop();
    },
  };
}

/** Waits until the car has said a message of a kind that is as wanted, since `after` messages of that kind. */
export async function hears<K extends CockpitMessage["type"]>(
  drive: Pick<Drive, "car">,
  kind: K,
  isWanted: (message: Extract<CockpitMessage, { type: K }>) => boolean,
  timeout: number,
): Promise<Extract<CockpitMessage, { type: K }>> {
  await expect.poll(() => drive.car.heard(kind).some(isWanted), { timeout, interval: 200 }).toBe(true);
  const found = drive.car.heard(kind).findLast(isWanted);
  if (found === undefined) throw new Error("heard and forgotten");
  return found;
}

/** Runs in the page: a headless browser has no voices, so the page gets two, which write down what they are given to say. */
function speakAloud(): void {
  const spoken: { text: string; lang: string }[] = [];
  const voices = ["en-GB", "zh-CN"].map((lang) => ({
    lang,
    name: `Voice ${lang}`,
    voiceURI: lang,
    default: lang === "en-GB",
    localService: true,
  }));
  class Utterance extends EventTarget {
    text: string;
    voice: { lang: string } | null = null;
    lang = "";
    volume = 1;
    rate = 1;
    pitch = 1;
    onend: ((event: Event) => void) | null = null;
    onerror: ((event: Event) => void) | null = null;
    onstart: ((event: Event) => void) | null = null;
    constructor(text: string) {
      super();
      this.text = text;
    }
  }
  const synthesis = Object.assign(new EventTarget(), {
    speaking: false,
    pending: false,
    paused: false,
    onvoiceschanged: null,
    getVoices: () => voices,
    cancel: () => undefined,
    pause: () => undefined,
    resume: () => undefined,
    speak(utterance: Utterance) {
      spoken.push({ text: utterance.text, lang: utterance.voice?.lang ?? utterance.lang });
      setTimeout(() => {
        const end = new Event("end");
        utterance.onend?.(end);
        utterance.dispatchEvent(end);
      }, 400);
    },
  });
  Object.assign(globalThis, { spoken });
  Object.defineProperty(globalThis, "speechSynthesis", { value: synthesis, configurable: true });
  Object.defineProperty(globalThis, "SpeechSynthesisUtterance", { value: Utterance, configurable: true });
}
