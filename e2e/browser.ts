import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import type { Browser } from "playwright-core";

/** A browser to tell stories in: `CHROME` if set, else the Chromium that lies in the npm package (x64), else undefined with the reason on stderr. */
export async function openBrowser(): Promise<{ browser: Browser; close(): Promise<void> } | undefined> {
  const folder = await mkdtemp(join(tmpdir(), "caravan-chromium-"));
  const executablePath = process.env.CHROME ?? (await unpackedChromium(folder));
  if (executablePath === undefined) {
    await rm(folder, { recursive: true, force: true });
    console.warn("No browser: this system needs its own Chromium, named by CHROME. Browser stories are skipped.");
    return undefined;
  }
  const browser = await chromium.launch({
    executablePath,
    args: [
      "--no-sandbox",
      "--use-angle=swiftshader",
      "--enable-unsafe-swiftshader",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--no-first-run",
      "--disable-quic",
      "--disable-dev-shm-usage",
    ],
  });
  return {
    browser,
    async close() {
      await browser.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function unpackedChromium(folder: string): Promise<string | undefined> {
  if (process.arch !== "x64" || process.platform !== "linux") return undefined;
  const before = { tmp: process.env.TMPDIR, runtime: process.env.AWS_LAMBDA_JS_RUNTIME };
  // The package unpacks into TMPDIR; told that it runs on a bare system, it brings libnss3 and libexpat along.
  process.env.TMPDIR = folder;
  if (!hasLibrary("libnss3.so")) process.env.AWS_LAMBDA_JS_RUNTIME = "nodejs24.x";
  const { default: bundled } = await import("@sparticuz/chromium");
  const path = await bundled.executablePath();
  if (before.tmp === undefined) delete process.env.TMPDIR;
  else process.env.TMPDIR = before.tmp;
  if (before.runtime === undefined) delete process.env.AWS_LAMBDA_JS_RUNTIME;
  else process.env.AWS_LAMBDA_JS_RUNTIME = before.runtime;
  return path;
}

function hasLibrary(name: string): boolean {
  return ["/usr/lib/x86_64-linux-gnu", "/lib/x86_64-linux-gnu", "/usr/lib64", "/usr/lib"].some((folder) =>
    existsSync(join(folder, name)),
  );
}
