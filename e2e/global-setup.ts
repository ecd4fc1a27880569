import type { TestProject } from "vitest/node";
import { startCaravan } from "./caravan.ts";

const port = 28_400;

/** What a story needs to know of the one Caravan that all stories share. */
export interface SharedCaravan {
  readonly data: string;
  readonly cockpit: string;
  readonly cloud: string;
}

declare module "vitest" {
  interface ProvidedContext {
    readonly caravan: SharedCaravan;
  }
}

/** Starts one Caravan for all stories, on a fresh data folder, and ends it after them. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const caravan = await startCaravan({ port });
  const { data, cockpit, cloud } = caravan;
  project.provide("caravan", { data, cockpit, cloud });
  return () => caravan.stop();
}
