import { Type } from "typebox";
import type { Me } from "@caravan/link";
import { json, page, problem, redirect } from "../http/reply.ts";
import { route } from "../http/route.ts";
import type { Route } from "../http/route.ts";
import type { Accounts } from "./accounts.ts";
import type { SignInLimit } from "./sign-in-limit.ts";
import { pageWords, signInPage, strangerPage, usedLinkPage, welcomePage } from "./sign-in-page.ts";

export interface AccountRoutesParts {
  readonly accounts: Pick<Accounts, "named" | "link" | "signIn" | "signOut">;
  readonly limit: SignInLimit;
  /** Makes the account the owner of a vehicle; false when there is no such vehicle. */
  readonly giveVehicle: (vehicle: string, account: string) => Promise<boolean>;
}

const Token = Type.String({ minLength: 20, maxLength: 100 });
const noStore = { "cache-control": "no-store" };

export function accountRoutes({ accounts, limit, giveVehicle }: AccountRoutesParts): readonly Route[] {
  return [
    route({
      method: "GET",
      path: "/",
      who: "anyone",
      asksWho: true,
      summary: "The front door: where to go from here",
      handle: ({ caller, headers }) => {
        const say = pageWords(headers["accept-language"]?.toString());
        return caller.kind === "account"
          ? page(welcomePage(say), { headers: noStore })
          : page(strangerPage(say), { headers: noStore });
      },
    }),
    route({
      method: "GET",
      path: "/sign-in",
      who: "anyone",
      summary: "The page behind a one-time link; looking at it does not use the link up",
      query: Type.Object({ token: Token }),
      handle: ({ query, headers }) =>
        page(signInPage(pageWords(headers["accept-language"]?.toString()), query.token), { headers: noStore }),
    }),
    route({
      method: "POST",
      path: "/api/sign-in",
      who: "anyone",
      summary: "Uses a one-time link up and starts a session",
      body: Type.Object({ token: Token }, { additionalProperties: false }),
      handle: async ({ body, headers, ip }) => {
        const waitSeconds = await limit.take(ip);
        if (waitSeconds !== undefined) {
          return problem(429, "too-many", "Too many attempts; please wait a minute.", {
            "retry-after": String(waitSeconds),
          });
        }
        const wantsPage = headers["accept"]?.includes("text/html") === true;
        const outcome = await accounts.signIn(body.token, asHeaders(headers));
        if (outcome.kind === "refused") {
          return wantsPage
            ? page(usedLinkPage(pageWords(headers["accept-language"]?.toString())), { status: 401, headers: noStore })
            : problem(401, "link-refused", "This sign-in link was used before or is too old.");
        }
        const cookie = { "set-cookie": outcome.cookies };
        return wantsPage ? redirect("/", cookie) : json({ account: outcome.account }, { headers: cookie });
      },
    }),
    route({
      method: "POST",
      path: "/api/sign-out",
      who: "account",
      summary: "Ends this session",
      handle: async ({ headers }) => {
        const cookie = { "set-cookie": await accounts.signOut(asHeaders(headers)) };
        return headers["accept"]?.includes("text/html") === true
          ? redirect("/", cookie)
          : json({}, { headers: cookie });
      },
    }),
    route({
      method: "GET",
      path: "/api/me",
      who: "account",
      summary: "Who is signed in",
      handle: ({ caller: { account, name, role } }) => json({ account, name, role } satisfies Me, { headers: noStore }),
    }),
    route({
      method: "POST",
      path: "/api/sign-in/links",
      who: "supervisor",
      summary: "Makes a one-time sign-in link, for the first account or for a named one, which is made if needed",
      body: Type.Object(
        {
          name: Type.Optional(Type.String({ minLength: 1, maxLength: 60 })),
          role: Type.Optional(Type.Union([Type.Literal("owner"), Type.Literal("operator")])),
          vehicle: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
        },
        { additionalProperties: false },
      ),
      handle: async ({ body }) => {
        const account = body.name === undefined ? undefined : await accounts.named(body.name, body.role ?? "owner");
        const link = await accounts.link(account);
        if (link === undefined) return problem(409, "no-account", "There is no account yet.");
        if (body.vehicle !== undefined && !(await giveVehicle(body.vehicle, link.account))) {
          return problem(404, "no-vehicle", `There is no vehicle ${body.vehicle}.`);
        }
        return json(link, { headers: noStore });
      },
    }),
  ];
}

/** What better-auth needs of a request: cookies and who calls, as web headers. */
export function asHeaders(headers: Readonly<Record<string, string | string[] | undefined>>): Headers {
  const result = new Headers();
  for (const [name, value] of Object.entries(headers)) if (value !== undefined) result.set(name, value.toString());
  return result;
}
