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
  readonly #giveBack: (body: Uint8Array<ArrayBuffer>) => void;
  #waiting = 0;

  /** `giveBack` gets the bytes of an answer of the map when they have been sent. */
  constructor(parts: {
    ask: AskMap;
    giveBack?: (body: Uint8Array<ArrayBuffer>) => void;
    onFault: (error: unknown) => void;
  }) {
    this.#ask = parts.ask;
    this.#giveBack = parts.giveBack ?? (() => undefined);
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
      const answer = await this.#ask(request.url ?? "");
      send(response, answer, () => this.#giveBack(answer.body));
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
function send(response: ServerResponse, { status, body }: OsrmAnswer, sent?: () => void): void {
  response.writeHead(status, {
    "content-type": "application/json; charset=utf-8",
    "content-length": body.byteLength,
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
  });
  response.end(body, sent);
}
