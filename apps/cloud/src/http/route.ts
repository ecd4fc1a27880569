import type { Static, TSchema } from "typebox";
import { Value } from "typebox/value";
import { problem } from "./reply.ts";
import type { Reply } from "./reply.ts";

/** A person who is signed in. An owner sees their own vehicles only, an operator all of them. */
export interface Account {
  readonly kind: "account";
  readonly account: string;
  readonly name: string;
  readonly role: "owner" | "operator";
}

/** The holder of the secret in the data folder: whoever starts Caravan on this machine. */
export interface Supervisor {
  readonly kind: "supervisor";
}

export interface Nobody {
  readonly kind: "nobody";
}

export type Caller = Account | Supervisor | Nobody;

/** Who a route lets in, and as whom its handler then sees them. `operator` lets the supervisor in too. */
export interface CallerOf {
  readonly anyone: Caller;
  readonly account: Account;
  readonly operator: Account | Supervisor;
  readonly supervisor: Supervisor;
}
export type Who = keyof CallerOf;

export interface RouteRequest<W extends Who, P extends TSchema, Q extends TSchema, B extends TSchema> {
  readonly caller: CallerOf[W];
  readonly params: Static<P>;
  readonly query: Static<Q>;
  readonly body: Static<B>;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly ip: string;
  /** Aborts when the caller goes away or the server stops; streams must end then. */
  readonly signal: AbortSignal;
}

/** What the server hands to a route: nothing in it has been looked at yet except who calls. */
export interface UncheckedRequest {
  readonly caller: Caller;
  readonly params: unknown;
  readonly query: unknown;
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly ip: string;
  readonly signal: AbortSignal;
}

/** One address of the cloud. `run` answers 401 or 403 itself when the caller is not let in, and 400 when the input does not fit. */
export interface Route {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** As in Fastify: `/api/vehicles/:vehicle`. */
  readonly path: string;
  readonly who: Who;
  readonly summary: string;
  readonly params?: TSchema;
  readonly query?: TSchema;
  readonly body?: TSchema;
  /** Bytes of body accepted; 64 KiB unless told. */
  readonly bodyLimit?: number;
  /** For `anyone`: whether the handler wants to know who calls. Others are not looked up, so that files and tiles cost no query. */
  readonly asksWho?: boolean;
  readonly run: (request: UncheckedRequest) => Promise<Reply>;
}

export interface RouteDeclaration<W extends Who, P extends TSchema, Q extends TSchema, B extends TSchema> {
  readonly method: Route["method"];
  readonly path: string;
  readonly who: W;
  /** One line for the API's own documentation. */
  readonly summary: string;
  readonly params?: P;
  readonly query?: Q;
  readonly body?: B;
  readonly bodyLimit?: number;
  readonly asksWho?: boolean;
  readonly handle: (request: RouteRequest<W, P, Q, B>) => Promise<Reply> | Reply;
}

const admit: { readonly [W in Who]: (caller: Caller) => CallerOf[W] | undefined } = {
  anyone: (caller) => caller,
  account: (caller) => (caller.kind === "account" ? caller : undefined),
  operator: (caller) =>
    caller.kind === "supervisor" || (caller.kind === "account" && caller.role === "operator") ? caller : undefined,
  supervisor: (caller) => (caller.kind === "supervisor" ? caller : undefined),
};

class InputError extends Error {}

function parse<S extends TSchema>(schema: S | undefined, part: string, input: unknown, convert: boolean): Static<S>;
function parse(schema: TSchema | undefined, part: string, input: unknown, convert: boolean): unknown {
  if (schema === undefined) return undefined;
  const value = convert ? Value.Convert(schema, input) : input;
  if (Value.Check(schema, value)) return value;
  const first = Value.Errors(schema, value)[0];
  throw new InputError(`${part}${first?.instancePath ?? ""} ${first?.message ?? "does not fit"}`);
}

/**
 * Declares one address: who may call it, the shapes of its input, and what it answers. Path and query values are converted
 * from text to the schema's types; a body is taken as it is. Schemas should refuse additional properties where that matters.
 */
export function route<const W extends Who, P extends TSchema, Q extends TSchema, B extends TSchema>(
  declaration: RouteDeclaration<W, P, Q, B>,
): Route {
  const { handle, ...facts } = declaration;
  return {
    ...facts,
    async run(request) {
      const caller = admit[declaration.who](request.caller);
      if (caller === undefined) {
        return request.caller.kind === "nobody"
          ? problem(401, "not-signed-in", "Please sign in first.")
          : problem(403, "not-allowed", "This account may not do that.");
      }
      let input;
      try {
        input = {
          params: parse(declaration.params, "params", request.params, true),
          query: parse(declaration.query, "query", request.query, true),
          body: parse(declaration.body, "body", request.body, false),
        };
      } catch (error) {
        if (error instanceof InputError) return problem(400, "bad-request", error.message);
        throw error;
      }
      const { headers, ip, signal } = request;
      return handle({ caller, ...input, headers, ip, signal });
    },
  };
}
