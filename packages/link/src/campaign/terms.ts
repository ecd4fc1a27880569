import Type from "typebox";
import type { Static } from "typebox";
import { expressionLimits } from "./expression.ts";

/** Bounds of campaigns: of one, and of all that run in one car. */
export const campaignLimits = {
  inOneCar: 16,
  rules: 64,
  /** UTF-8 bytes of the signed list for one car. */
  messageBytes: 48 * 1024,
  reportBytes: 32 * 1024,
  preMs: 10 * 60_000,
  postMs: 60 * 60_000,
} as const;

/**
 * What a car gives up first and last when its outbox is full, and sends first and last when it reaches its cloud again:
 * alarms go first and are kept longest, bulk goes last and is given up first.
 */
export const batchClasses = ["alarm", "state", "trip", "bulk"] as const;
export type BatchClass = (typeof batchClasses)[number];

/** What a person consents to, each by itself. `operation`: the owner's own screens and the fleet's; without it the cloud knows nothing of the car. */
export const purposes = ["operation", "service", "research", "marketing"] as const;
export type Purpose = (typeof purposes)[number];

const day = 86_400_000;
const Instant = Type.Integer({ minimum: 0, maximum: 253_402_300_799_999 });

/** Which signals, how often. A later rule only counts where no earlier one fits. */
export const CampaignRule = Type.Object(
  {
    /** A path, a branch with `.*` behind it, or a path with `*` for one name in between. */
    match: Type.String({ maxLength: 200, pattern: "^[A-Za-z][A-Za-z0-9_]*(\\.([A-Za-z0-9_]+|\\*))*$" }),
    /** At most one sample in this time. A campaign by time looks once a second, one by condition at each change. */
    everyMs: Type.Integer({ minimum: 0, maximum: day }),
    /** Changes smaller than this, in the signal's own unit, are not worth a sample; coming to zero always is. */
    deadband: Type.Optional(Type.Number({ minimum: 0 })),
    /** Signals of one group are sampled together, when any of them is due: a latitude is nothing without its longitude. */
    group: Type.Optional(Type.String({ minLength: 1, maxLength: 40 })),
    /** Only measured numbers, neither switches nor texts. */
    only: Type.Optional(Type.Literal("measured")),
    /** Never sampled. */
    never: Type.Optional(Type.Literal(true)),
  },
  { additionalProperties: false },
);
export type CampaignRule = Static<typeof CampaignRule>;

const When = Type.Union([
  Type.Object(
    {
      kind: Type.Literal("time"),
      /** Everything is sent again after this time, changed or not, so that silence has a limit. */
      refreshMs: Type.Integer({ minimum: 60_000, maximum: day }),
    },
    { additionalProperties: false },
  ),
  Type.Object(
    {
      kind: Type.Literal("condition"),
      expression: Type.String({ minLength: 1, maxLength: expressionLimits.characters }),
      /** `rising`: once each time it becomes true. `always`: for as long as it is true. */
      on: Type.Enum(["rising", "always"] as const),
      /** What was measured in this time before is sent, too. */
      preMs: Type.Integer({ minimum: 0, maximum: campaignLimits.preMs }),
      /** And what is measured in this time afterwards. */
      postMs: Type.Integer({ minimum: 0, maximum: campaignLimits.postMs }),
    },
    { additionalProperties: false },
  ),
]);

/** What a person decides about a campaign. */
export const CampaignWish = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 80, pattern: "\\S" }),
    rules: Type.Array(CampaignRule, { minItems: 1, maxItems: campaignLimits.rules }),
    when: When,
    class: Type.Enum(batchClasses),
    purpose: Type.Enum(purposes),
    /** UTC ms; absent: until it is stopped. */
    until: Type.Optional(Instant),
  },
  { additionalProperties: false },
);
export type CampaignWish = Static<typeof CampaignWish>;

/** A campaign as it runs: a wish with a name of its own and the number of its edition. */
export const Campaign = Type.Object(
  {
    id: Type.String({ pattern: "^[a-z0-9]{4,24}$" }),
    revision: Type.Integer({ minimum: 1, maximum: 2_147_483_647 }),
    ...CampaignWish.properties,
  },
  { additionalProperties: false },
);
export type Campaign = Static<typeof Campaign>;
