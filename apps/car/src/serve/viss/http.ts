import type { IncomingMessage, ServerResponse } from "node:http";
import { bearer } from "../access/access.ts";
import { failure } from "./error.ts";
import type { VissVersion } from "./error.ts";
import type { HttpAnswer, Viss } from "./viss.ts";

const largestBody = 64_000;
const longestUrl = 4_000;

/** Is this request one for VISS? The standard puts the tree at the root of the server; the others are free of other addresses. */
export function isVissRequest(url: string | undefined): boolean {
  return /^\/(?:(?:viss|VISSv2|VISSv3)(?:$|[/?])|Vehicle(?:$|[/.?]))/.test(url ?? "");
}

/**
 * Answers `GET /Vehicle/Speed` or `/viss/Vehicle/Speed` (also dotted, with `?filter=`) and `POST` of `{"value": "..."}` as JSON to the same
 * addresses, in version 2, and below `/VISSv3` in version 3; a token comes as `Authorization: Bearer`.
 * Whether the asking page may speak to this car at all is decided before.
 */
export async function answerViss(viss: Viss, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { status, body } = await answerOf(viss, request);
  const text = JSON.stringify(body);
  response.writeHead(status, {
    "content-type": "application/json; charset=utf-8",
    "content-length": Buffer.byteLength(text),
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    // RFC 6750, section 3.
    ...(status === 401 && { "www-authenticate": 'Bearer realm="car", error="invalid_token"' }),
    // The rest of a body that was not read cannot be told from a next request.
    ...(request.complete ? {} : { connection: "close" }),
  });
  response.end(text);
}

async function answerOf(viss: Viss, request: IncomingMessage): Promise<HttpAnswer> {
  const address = addressOf(request.url ?? "");
  const token = bearer(request.headers.authorization);
  if (!address) return viss.refuse(failure("malformed"));
  const { path, filter, version } = address;
  switch (request.method) {
    case "GET":
      return viss.get(path, filter, token, version);
    case "POST": {
      // Any other type is one that a form of a foreign page could send unasked.
      if (!/^application\/json\s*(?:;|$)/i.test(request.headers["content-type"] ?? ""))
        return viss.refuse(failure("malformed"), version);
      const body = await bodyOf(request);
      return body === undefined ? viss.refuse(failure("malformed"), version) : viss.set(path, body, token, version);
    }
    default:
      return viss.refuse(failure("malformed"), version);
  }
}

interface Address {
  readonly path: string;
  readonly filter: string | undefined;
  readonly version: VissVersion;
}

function addressOf(url: string): Address | undefined {
  if (url.length > longestUrl) return undefined;
  const [pathname = "", query = ""] = url.split("?", 2);
  const [, prefix = ""] = /^\/(viss|VISSv2|VISSv3)(?:\/|$)/.exec(pathname) ?? [];
  try {
    const below = prefix === "" ? pathname : pathname.slice(prefix.length + 1);
    const path = decodeURIComponent(below).replaceAll(/^\/+|\/+$/g, "");
    const filter = new URLSearchParams(query).get("filter") ?? undefined;
    return { path, filter, version: prefix === "VISSv3" ? prefix : "VISSv2" };
  } catch {
    // A percent sign that starts no character.
    return undefined;
  }
}

/** The parsed JSON; undefined where it is too long, broken off or no JSON. */
async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of request) {
      if (!(chunk instanceof Uint8Array)) return undefined;
      length += chunk.byteLength;
      if (length > largestBody) return undefined;
      chunks.push(chunk);
    }
    return JSON.parse(Buffer.concat(chunks).toString("utf8"));
  } catch {
    return undefined;
  }
}
