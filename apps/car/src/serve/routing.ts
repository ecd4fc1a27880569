import type { IncomingMessage, ServerResponse } from "node:http";

import type { OsrmAnswer } from "@caravan/roads/routing";

/** What asks the map, and fails where the map is closed or too many ask at once. */
export type AskMap = (pathWithQuery: string) => Promise<OsrmAnswer>;

/** Answers under way through this door; who comes when so many wait is asked to come again. */
const mostWaiting = 16;

/** OSRM's services by their form (`/{service}/v{version}/...`), and the search; a tile of the car's own map has the same form. */
const services = /^\/(?!tiles\/)[A-Za-z]+\/v\d+\//;
const search = /^\/search(?:$|\?)/;

/** OSRM's HTTP API at the car's port: text in, text out; the map's own thread reads and writes it. */
export class RoutingDoor {
  readonly #ask: AskMap;
  readonly #onFault: (error: unknown) => void;
  #waiting = 0;

  constructor(parts: { ask: AskMap; onFault: (error: unknown) => void }) {
    this.#ask = parts.ask;
    this.#onFault = parts.onFault;
  }

  /** Whether a request is one for the routing at all. */
  accepts({ method, url = "" }: Pick<IncomingMessage, "method" | "url">): boolean {
    return (method === "GET" || method === "HEAD") && (services.test(url) || search.test(url));
  }

  /** Answers a request that is accepted. Never rejects. */
  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (this.#waiting >= mostWaiting) {
      response.setHeader("retry-after", "1");
      send(response, { status: 503, body: words("TooBig", "Too many requests at once.") });
      return;
    }
    this.#waiting++;
    try {
      send(response, await this.#ask(request.url ?? ""));
    } catch (error) {
      this.#onFault(error);
      send(response, { status: 503, body: words("NotImplemented", "The map cannot answer now.") });
    } finally {
      this.#waiting--;
    }
  }
}

function words(code: string, message: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(JSON.stringify({ code, message }));
}

/** No other site's page may read it: nothing here allows one to. */
function send(response: ServerResponse, { status, body }: OsrmAnswer): void {
  response.writeHead(status, {
    "content-type": "application/json; charset=utf-8",
    "content-length": body.byteLength,
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
  });
  response.end(body);
}
