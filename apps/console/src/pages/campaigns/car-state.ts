import type { CampaignCarState } from "@caravan/link/campaigns";

/** What a car says of a campaign, as the words for it want it: `why` is empty where nothing was refused, `detail` is the car's own sentence. */
export function saidOf(state: CampaignCarState): { kind: string; why: string; detail: string } {
  const { kind } = state;
  if (state.kind === "refused") return { kind, why: state.why, detail: state.detail };
  return { kind, why: state.kind === "not-taken" ? state.why : "", detail: "" };
}
