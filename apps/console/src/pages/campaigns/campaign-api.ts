import type { Asked, CloudClient } from "@caravan/link";
import { CampaignDetail, CampaignSummary } from "@caravan/link/campaigns";
import type { CampaignWish } from "@caravan/link/campaigns";
import Type from "typebox";
import type { Static, TSchema } from "typebox";
import { Value } from "typebox/value";

const Listed = Type.Object({ campaigns: Type.Array(CampaignSummary) });

const shapedLike =
  <S extends TSchema>(schema: S) =>
  (body: unknown): body is Static<S> =>
    Value.Check(schema, body);

/** Whose cars run it. */
export type Whom = "all" | readonly string[];

export function listCampaigns(cloud: CloudClient): Promise<Asked<Static<typeof Listed>>> {
  return cloud.request("GET", "/api/campaigns", shapedLike(Listed));
}

export function readCampaign(cloud: CloudClient, id: string): Promise<Asked<CampaignDetail>> {
  return cloud.request("GET", `/api/campaigns/${encodeURIComponent(id)}`, shapedLike(CampaignDetail));
}

/** Makes a campaign, or a new edition of the one with this id. */
export function sendCampaign(
  cloud: CloudClient,
  id: string | undefined,
  campaign: CampaignWish,
  vehicles: Whom,
): Promise<Asked<CampaignDetail>> {
  const wish = { campaign, vehicles };
  return id === undefined
    ? cloud.request("POST", "/api/campaigns", shapedLike(CampaignDetail), wish)
    : cloud.request("PUT", `/api/campaigns/${encodeURIComponent(id)}`, shapedLike(CampaignDetail), wish);
}

export function runCampaign(cloud: CloudClient, id: string, isRunning: boolean): Promise<Asked<CampaignDetail>> {
  const path = `/api/campaigns/${encodeURIComponent(id)}/${isRunning ? "run" : "stop"}`;
  return cloud.request("POST", path, shapedLike(CampaignDetail), {});
}
