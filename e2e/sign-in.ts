import { execFile } from "node:child_process";
import { resolve } from "node:path";
import { promisify } from "node:util";
import type { Browser, BrowserContext, BrowserContextOptions } from "playwright-core";
import type { SharedCaravan } from "./global-setup.ts";

const root = resolve(import.meta.dirname, "..");

/** A fresh one-time link of the first account. */
export async function signInLink(caravan: SharedCaravan): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, ["start.ts", "signin"], {
    cwd: root,
    env: { ...process.env, CARAVAN_DATA: caravan.data },
  });
  const link = /https?:\/\/\S+\/sign-in\?token=\S+/.exec(stdout)?.[0];
  if (link === undefined) throw new Error(`no sign-in link in: ${stdout}`);
  return link;
}

/** A browser of the first account, signed in by a fresh one-time link as a person would. */
export async function signedIn(
  browser: Browser,
  caravan: SharedCaravan,
  options: BrowserContextOptions,
): Promise<BrowserContext> {
  const link = await signInLink(caravan);
  const context = await browser.newContext({ locale: "en-GB", ...options });
  const page = await context.newPage();
  await page.goto(link);
  await page.getByRole("button").first().click();
  await page.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
  await page.close();
  return context;
}
