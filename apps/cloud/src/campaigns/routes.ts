import { catalogue } from "@caravan/signals";
import { CampaignWish, checkExpression, expressionLimits, purposes } from "@caravan/link/campaigns";
import Type from "typebox";
import { empty, json, problem } from "../http/reply.ts";
import type { Reply } from "../http/reply.ts";
import { route } from "../http/route.ts";
import type { Route } from "../http/route.ts";
import { scopeOf } from "../vehicles/scope.ts";
import type { Vehicles } from "../vehicles/vehicles.ts";
import type { CampaignOutcome, Campaigns } from "./campaigns.ts";

const VehicleId = Type.String({ pattern: "^[a-z0-9]{8,40}$" });
const Params = Type.Object({ campaign: Type.String({ pattern: "^[a-z0-9]{4,24}$" }) });
const VehicleParams = Type.Object({ vehicle: VehicleId });
const Wished = Type.Object(
  {
    campaign: CampaignWish,
    vehicles: Type.Union([
      Type.Literal("all"),
      Type.Array(VehicleId, { minItems: 1, maxItems: 5_000, uniqueItems: true }),
    ]),
  },
  { additionalProperties: false },
);
const Consent = Type.Object({ purpose: Type.Enum(purposes), given: Type.Boolean() }, { additionalProperties: false });

/** The addresses of campaigns: for operators, and for owners what their own cars send and what they consent to. */
export function campaignRoutes({
  campaigns,
  vehicles,
}: {
  readonly campaigns: Campaigns;
  readonly vehicles: Vehicles;
}): readonly Route[] {
  return [
    route({
      method: "GET",
      path: "/api/campaigns",
      who: "operator",
      summary: "What cars are asked to send, and in how many of them it runs",
      handle: async () => json({ campaigns: await campaigns.list() }),
    }),
    route({
      method: "GET",
      path: "/api/campaigns/:campaign",
      who: "operator",
      summary: "One campaign and how each of its cars stands with it",
      params: Params,
      async handle({ params }) {
        const found = await campaigns.find(params.campaign);
        return found === undefined ? notFound() : json(found);
      },
    }),
    route({
      method: "POST",
      path: "/api/campaigns",
      who: "operator",
      summary: "Makes a campaign, signs it and sends it to its cars",
      body: Wished,
      handle: async ({ body }) => replyTo(await campaigns.make(body.campaign, body.vehicles), 201),
    }),
    route({
      method: "PUT",
      path: "/api/campaigns/:campaign",
      who: "operator",
      summary: "A new edition of a campaign takes the place of the old one in its cars",
      params: Params,
      body: Wished,
      handle: async ({ params, body }) =>
        replyTo(await campaigns.revise(params.campaign, body.campaign, body.vehicles)),
    }),
    ...(["stop", "run"] as const).map((verb) =>
      route({
        method: "POST",
        path: `/api/campaigns/:campaign/${verb}`,
        who: "operator",
        summary: verb === "stop" ? "Stops a campaign in all its cars" : "Lets a stopped campaign run again",
        params: Params,
        handle: async ({ params }) => replyTo(await campaigns.run(params.campaign, verb === "run")),
      }),
    ),
    route({
      method: "POST",
      path: "/api/campaigns/check",
      who: "operator",
      summary: "Reads a condition and says what is wrong with it, and where",
      body: Type.Object(
        { expression: Type.String({ maxLength: expressionLimits.characters * 2 }) },
        { additionalProperties: false },
      ),
      handle({ body }) {
        const checked = checkExpression(body.expression, (path) => catalogue.find(path));
        return json(checked.kind === "parsed" ? { good: true } : { good: false, fault: checked.fault });
      },
    }),
    route({
      method: "GET",
      path: "/api/vehicles/:vehicle/campaigns",
      who: "account",
      summary: "What a car sends, for which purpose, and what its people allow",
      params: VehicleParams,
      async handle({ caller, params }) {
        const row = await vehicles.find(params.vehicle, scopeOf(caller));
        return row === undefined ? noVehicle() : json(await campaigns.ofVehicle(params.vehicle));
      },
    }),
    route({
      method: "PUT",
      path: "/api/vehicles/:vehicle/consents",
      who: "account",
      summary: "Gives or withdraws consent to one purpose; the car stops what rests on it",
      params: VehicleParams,
      body: Consent,
      async handle({ caller, params, body }) {
        const row = await vehicles.find(params.vehicle, scopeOf(caller));
        if (row === undefined) return noVehicle();
        await campaigns.consent(params.vehicle, body.purpose, body.given, caller.account);
        return empty();
      },
    }),
  ];
}

const notFound = () => problem(404, "not-found", "There is no such campaign.");
const noVehicle = () => problem(404, "not-found", "There is no such vehicle, or it is not yours.");

function replyTo(outcome: CampaignOutcome, status = 200): Reply {
  if (outcome.kind === "done") return json(outcome.campaign, { status });
  switch (outcome.why) {
    case "expression": {
      const { code, message, at, length, word } = outcome.fault;
      return json({ error: { code: "bad-expression", message, at, length, word, fault: code } }, { status: 400 });
    }
    case "no-such-signal":
      return problem(400, "no-such-signal", `No signal fits ${outcome.match}.`);
    case "no-such-vehicle":
      return problem(404, "no-such-vehicle", "One of these vehicles does not exist.");
    case "too-many":
      return problem(409, "too-many", "A car would have more campaigns than it takes; stop another one first.");
    case "over":
      return problem(400, "over", "The campaign would be over before it begins.");
    case "not-found":
      return notFound();
  }
}
