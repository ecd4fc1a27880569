import type { SignInOptions } from "./arguments.ts";
import { CloudApi } from "./cloud-api.ts";
import { isDataFolder } from "./data-folder.ts";
import { runningCloud } from "./lock.ts";
import { Problem } from "./problem.ts";

/** A new one-time sign-in link from the cloud that runs on this data folder, with a line about it. */
export async function signIn({ data, ...wish }: SignInOptions): Promise<readonly string[]> {
  const { running, cloud } = isDataFolder(data) ? runningCloud(data) : { running: false };
  if (!running) throw new Problem(`Caravan does not run on ${data}; start it with npm start, then ask again.`);
  if (cloud === undefined)
    throw new Problem("The Caravan that runs here has no cloud, or is still starting; ask again where the cloud runs.");
  const link = await new CloudApi(cloud, data).signInLink(wish);
  const minutes = Math.round((link.expiresAt - Date.now()) / 60_000);
  return [link.url, `Works once, within ${minutes} minutes; signs in ${link.name} (${link.role}).`];
}
