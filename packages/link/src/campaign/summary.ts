import Type from "typebox";
import type { Static } from "typebox";
import { CampaignState } from "./message.ts";
import { Campaign, CampaignWish, purposes } from "./terms.ts";

const Count = Type.Integer({ minimum: 0 });

/** How one car stands with one campaign, as far as the cloud has heard. */
export const CampaignCarState = Type.Union([
  CampaignState,
  /** The car has not said yet that it has taken it. */
  Type.Object({ kind: Type.Literal("waiting") }),
  /** The campaign was stopped, and the car no longer has it. */
  Type.Object({ kind: Type.Literal("stopped") }),
  /** The car could not take the list that it stands in. */
  Type.Object({ kind: Type.Literal("not-taken"), why: Type.String() }),
]);
export type CampaignCarState = Static<typeof CampaignCarState>;

/** One row of `GET /api/campaigns`. */
export const CampaignSummary = Type.Object({
  id: Campaign.properties.id,
  revision: Campaign.properties.revision,
  wish: CampaignWish,
  /** Every car there is and will be, or those named. */
  vehicles: Type.Union([Type.Literal("all"), Type.Array(Type.String())]),
  /** `over`: its time has passed. */
  state: Type.Union([Type.Literal("running"), Type.Literal("stopped"), Type.Literal("over")]),
  /** UTC ms. */
  madeAt: Count,
  changedAt: Count,
  cars: Type.Object({
    running: Count,
    refused: Count,
    expired: Count,
    stopped: Count,
    waiting: Count,
    "not-taken": Count,
  }),
});
export type CampaignSummary = Static<typeof CampaignSummary>;

/** `GET /api/campaigns/:campaign` */
export const CampaignDetail = Type.Object({
  ...CampaignSummary.properties,
  list: Type.Array(
    Type.Object({
      vehicle: Type.String(),
      name: Type.String(),
      state: CampaignCarState,
      /** UTC ms of the car's last report, by the cloud's clock. */
      reportedAt: Type.Optional(Count),
      /** As in the report: since the car computer started. */
      samples: Count,
      triggers: Count,
      dropped: Count,
    }),
  ),
});
export type CampaignDetail = Static<typeof CampaignDetail>;

const Said = Type.Object({ owner: Type.Boolean(), car: Type.Optional(Type.Boolean()) });

/** `GET /api/vehicles/:vehicle/campaigns`: what a car sends, for whom, and what its people allow. */
export const VehicleCampaigns = Type.Object({
  campaigns: Type.Array(
    Type.Object({
      id: Type.String(),
      name: Type.String(),
      purpose: Type.Enum(purposes),
      state: CampaignCarState,
    }),
  ),
  /** `owner`: said in the cloud; `car`: said in the car, absent before its first report. Both must agree. */
  consents: Type.Object({ operation: Said, service: Said, research: Said, marketing: Said }),
});
export type VehicleCampaigns = Static<typeof VehicleCampaigns>;
