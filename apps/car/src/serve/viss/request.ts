import Type from "typebox";
import { Compile } from "typebox/compile";
import { failure, isFailure } from "./error.ts";
import type { Failure, VissVersion } from "./error.ts";
import { parseFilters } from "./filter.ts";
import type { Filters } from "./filter.ts";

export type Request =
  | { readonly action: "get"; readonly path: string; readonly filters: Filters }
  | { readonly action: "set"; readonly path: string; readonly value: unknown }
  | { readonly action: "subscribe"; readonly path: string; readonly filters: Filters }
  | { readonly action: "unsubscribe"; readonly subscriptionId: string };

type Action = Request["action"];

/** A message taken apart: what can be echoed of it, and what it asks or why it cannot be understood. */
export interface Parsed {
  readonly action?: Action;
  readonly requestId?: string;
  /** A token, or the identity of one that was shown before. */
  readonly authorization?: string;
  readonly request: Request | Failure;
}

// Compiled, because every message passes here.
const Message = Compile(Type.Record(Type.String(), Type.Unknown()));
const Path = Compile(Type.String({ minLength: 1, maxLength: 400 }));
const Id = Compile(Type.String({ minLength: 1, maxLength: 128 }));
const ActionWord = Compile(
  Type.Union([Type.Literal("get"), Type.Literal("set"), Type.Literal("subscribe"), Type.Literal("unsubscribe")]),
);

/** The only place where a client's text becomes a request. */
export function parseMessage(version: VissVersion, text: string): Parsed {
  let message: unknown;
  try {
    message = JSON.parse(text);
  } catch {
    return { request: failure("malformed") };
  }
  if (!Message.Check(message)) return { request: failure("malformed") };
  const action = ActionWord.Check(message["action"]) ? message["action"] : undefined;
  const requestId = Id.Check(message["requestId"]) ? message["requestId"] : undefined;
  const { authorization } = message;
  const echo = {
    ...(action && { action }),
    ...(requestId !== undefined && { requestId }),
    ...(typeof authorization === "string" && { authorization }),
  };
  if (!action) return { ...echo, request: failure("bad-action") };
  // Version 2 demands the identifier; the schema of version 3 does not, but it is text wherever it stands.
  if (requestId === undefined && (version === "VISSv2" || message["requestId"] !== undefined)) {
    return { ...echo, request: failure("malformed") };
  }
  return { ...echo, request: parseRequest(version, action, message) };
}

function parseRequest(
  version: VissVersion,
  action: Action,
  message: Readonly<Record<string, unknown>>,
): Request | Failure {
  const { path, filter, value, subscriptionId } = message;
  if (action === "unsubscribe") {
    return Id.Check(subscriptionId) ? { action, subscriptionId } : failure("unknown-subscription");
  }
  if (!Path.Check(path)) return failure("bad-path");
  if (action === "set") return value === undefined ? failure("bad-value") : { action, path, value };
  if (action === "subscribe" && filter === undefined && version === "VISSv3") return failure("bad-filter");
  const filters = parseFilters(filter);
  return isFailure(filters) ? filters : { action, path, filters };
}
