import type { CampaignCarState, CampaignReport } from "@caravan/link/campaigns";

/** How a car stands with a campaign: what it has said of this revision, or that it has not said anything of the list it was sent. */
export function stateInCar(
  campaign: { readonly id: string; readonly revision: number; readonly isRunning: boolean },
  report: CampaignReport | undefined,
  listRevision: number | undefined,
): CampaignCarState {
  const said = report?.campaigns.find(({ id }) => id === campaign.id);
  if (!campaign.isRunning) return said === undefined ? { kind: "stopped" } : { kind: "waiting" };
  if (said?.revision === campaign.revision) return said.state;
  if (report?.fault !== undefined && report.revision !== listRevision) return { kind: "not-taken", why: report.fault };
  return { kind: "waiting" };
}

export function countStates(states: readonly CampaignCarState[]): Readonly<Record<CampaignCarState["kind"], number>> {
  const counts = { running: 0, refused: 0, expired: 0, stopped: 0, waiting: 0, "not-taken": 0 };
  for (const { kind } of states) counts[kind] += 1;
  return counts;
}
