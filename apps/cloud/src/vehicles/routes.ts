import { EnrolmentRequest } from "@caravan/link";
import { RateLimiterMemory } from "rate-limiter-flexible";
import Type from "typebox";
import { json, problem } from "../http/reply.ts";
import { route } from "../http/route.ts";
import type { Route } from "../http/route.ts";
import { scopeOf } from "./scope.ts";
import type { Vehicles } from "./vehicles.ts";

const VehicleParams = Type.Object({ vehicle: Type.String({ pattern: "^[a-z0-9]{8,40}$" }) });
const Codes = Type.Object(
  {
    /** Whose car it will be. */
    account: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
    count: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000 })),
    validMinutes: Type.Optional(Type.Integer({ minimum: 1, maximum: 43_200 })),
  },
  { additionalProperties: false },
);
const Rename = Type.Object(
  { name: Type.String({ minLength: 1, maxLength: 60, pattern: "\\S" }) },
  { additionalProperties: false },
);

const notFound = () => problem(404, "not-found", "There is no such vehicle, or it is not yours.");

export interface VehicleRoutesParts {
  readonly vehicles: Vehicles;
  /** Whether there is such an account; a car that joins for one that is missing would be nobody's. */
  readonly hasAccount: (account: string) => Promise<boolean>;
}

/** The addresses of vehicles: list, one, rename, codes and enrolment. */
export function vehicleRoutes({ vehicles, hasAccount }: VehicleRoutesParts): readonly Route[] {
  // Only wrong codes count: a fleet behind one address may enrol at once, a guesser may not.
  const wrongCodes = new RateLimiterMemory({ points: 10, duration: 60 });
  return [
    route({
      method: "GET",
      path: "/api/vehicles",
      who: "account",
      summary: "The vehicles this account may see, with their latest values",
      handle: async ({ caller }) => json(await vehicles.summaries(scopeOf(caller))),
    }),
    route({
      method: "GET",
      path: "/api/vehicles/:vehicle",
      who: "account",
      summary: "One vehicle with its latest values",
      params: VehicleParams,
      async handle({ caller, params }) {
        const row = await vehicles.find(params.vehicle, scopeOf(caller));
        return row === undefined ? notFound() : json(vehicles.summary(row));
      },
    }),
    route({
      method: "GET",
      path: "/api/vehicles/:vehicle/health",
      who: "account",
      summary: "Where a vehicle's values come from and how its link is, as it told last",
      params: VehicleParams,
      async handle({ caller, params }) {
        const row = await vehicles.find(params.vehicle, scopeOf(caller));
        if (row === undefined) return notFound();
        const told = vehicles.health.of(params.vehicle);
        return told === undefined
          ? problem(404, "not-told", "This vehicle has not told its health since the cloud was started.")
          : json(told);
      },
    }),
    route({
      method: "PATCH",
      path: "/api/vehicles/:vehicle",
      who: "account",
      summary: "Gives a vehicle another name",
      params: VehicleParams,
      body: Rename,
      async handle({ caller, params, body }) {
        const scope = scopeOf(caller);
        if (!(await vehicles.rename(params.vehicle, body.name.trim(), scope))) return notFound();
        const row = await vehicles.find(params.vehicle, scope);
        return row === undefined ? notFound() : json(vehicles.summary(row));
      },
    }),
    route({
      method: "POST",
      path: "/api/vehicles/codes",
      who: "operator",
      summary: "One-time codes by which cars join",
      body: Codes,
      async handle({ body }) {
        if (body.account !== undefined && !(await hasAccount(body.account)))
          return problem(404, "no-account", "There is no such account.");
        const validMs = body.validMinutes === undefined ? undefined : body.validMinutes * 60_000;
        const codes = [];
        for (let count = body.count ?? 1; count > 0; count--)
          codes.push(await vehicles.issueCode({ account: body.account, validMs }));
        return json({ codes }, { status: 201 });
      },
    }),
    route({
      method: "POST",
      path: "/api/vehicles/enrol",
      who: "anyone",
      summary: "A car joins: one-time code and certificate request against certificate and address of the broker",
      body: EnrolmentRequest,
      bodyLimit: 16 * 1024,
      async handle({ body, ip }) {
        const tries = await wrongCodes.get(ip);
        if (tries !== null && tries.remainingPoints <= 0) {
          return problem(429, "too-many-tries", "Too many wrong codes; try again in a minute.", {
            "retry-after": "60",
          });
        }
        const outcome = await vehicles.enrol(body);
        if (outcome.kind === "enrolled") return json(outcome.enrolment, { status: 201 });
        if (outcome.why === "request")
          return problem(400, "bad-request", "The certificate request is not one for a P-256 key signed by that key.");
        await wrongCodes.consume(ip).catch(() => {});
        return problem(403, "bad-code", "This code is unknown, expired or was used before.");
      },
    }),
  ];
}
