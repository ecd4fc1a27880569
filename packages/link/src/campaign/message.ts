import Type from "typebox";
import type { Static, TSchema } from "typebox";
import { Value } from "typebox/value";
import { Campaign, campaignLimits, purposes } from "./terms.ts";

const Count = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER });
const Consents = Type.Record(Type.Enum(purposes), Type.Boolean());

/** All campaigns of one car, on `down/campaigns`. What is not in it is not run. */
export const CampaignList = Type.Object(
  {
    v: Type.Literal(1),
    vehicle: Type.String({ pattern: "^[a-z0-9]{8,40}$" }),
    /** Rises with each list for this car; a car never goes back to an older one. */
    revision: Count,
    /** What the car's owner consents to; the car has a say of its own beside it. */
    consents: Consents,
    campaigns: Type.Array(Campaign, { maxItems: campaignLimits.inOneCar }),
  },
  { additionalProperties: false },
);
export type CampaignList = Static<typeof CampaignList>;

/** `list` is the JSON of a CampaignList, byte for byte as it was signed; `signature` is ECDSA with P-256 and SHA-256 (IEEE P1363), base64. */
export const SignedCampaignList = Type.Object({
  v: Type.Literal(1),
  list: Type.String({ maxLength: campaignLimits.messageBytes }),
  signature: Type.String({ minLength: 80, maxLength: 120 }),
});
export type SignedCampaignList = Static<typeof SignedCampaignList>;

/** What is signed: the list behind a few words, so that no other signature of the same key can pass for one of a list. */
export function signedBytes(list: string): Uint8Array {
  return new TextEncoder().encode(`caravan campaigns v1\n${list}`);
}

/** Why a car does not run a campaign that it was sent, or no longer does. */
const campaignRefusals = ["expression", "no-such-signal", "consent"] as const;

export const CampaignState = Type.Union([
  Type.Object({ kind: Type.Literal("running") }),
  /** `why`: the condition cannot be read, no signal of this car fits, or the people in the car do not consent; `detail` is a sentence. */
  Type.Object({
    kind: Type.Literal("refused"),
    why: Type.Enum(campaignRefusals),
    detail: Type.String({ maxLength: 300 }),
  }),
  Type.Object({ kind: Type.Literal("expired") }),
]);
export type CampaignState = Static<typeof CampaignState>;

/** How a car stands with its campaigns, on `up/campaigns`: whenever that changes, and once in each connection. */
export const CampaignReport = Type.Object({
  v: Type.Literal(1),
  /** Of the list that the car goes by; 0 before the first. */
  revision: Count,
  /** Set where the last list was not taken. */
  fault: Type.Optional(Type.Enum(["unreadable", "signature", "other-vehicle", "older"] as const)),
  /** What the people in the car consent to. */
  consents: Consents,
  campaigns: Type.Array(
    Type.Object({
      id: Type.String({ pattern: "^[a-z0-9]{4,24}$" }),
      revision: Count,
      state: CampaignState,
      /** Since the car computer started. */
      samples: Count,
      /** How often the condition came true, since the car computer started. */
      triggers: Count,
      /** Samples that were more than could be kept. */
      dropped: Count,
    }),
    { maxItems: campaignLimits.inOneCar },
  ),
});
export type CampaignReport = Static<typeof CampaignReport>;

/** The list in these bytes, whoever signed it, or undefined where they hold none. */
export function decodeSignedList(
  bytes: Uint8Array,
): { readonly signed: SignedCampaignList; readonly list: CampaignList } | undefined {
  if (bytes.length > campaignLimits.messageBytes * 2) return undefined;
  const signed = decode(SignedCampaignList, bytes);
  const list = signed === undefined ? undefined : read(CampaignList, signed.list);
  return signed === undefined || list === undefined ? undefined : { signed, list };
}

/** The report in these bytes, or undefined where they hold none. */
export function decodeReport(bytes: Uint8Array): CampaignReport | undefined {
  return bytes.length > campaignLimits.reportBytes ? undefined : decode(CampaignReport, bytes);
}

function decode<S extends TSchema>(schema: S, bytes: Uint8Array): Static<S> | undefined {
  try {
    return read(schema, new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}

function read<S extends TSchema>(schema: S, text: string): Static<S> | undefined;
function read(schema: TSchema, text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return Value.Check(schema, value) ? value : undefined;
  } catch {
    return undefined;
  }
}
