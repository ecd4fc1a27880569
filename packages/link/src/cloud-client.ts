import type { Fleet } from "./fleet.ts";
import type { History, JoinCode, MapInfo, Me, VehicleSummary } from "./live.ts";
import { applyLive } from "./fleet.ts";
import { isHistory, isJoinCodes, isMapInfo, isMe, isVehicleSummary, readLiveEvent } from "./read-live.ts";

type Method = "GET" | "POST" | "PUT" | "PATCH";

/** The browser's network, handed in. `ask` rejects only where no answer came at all. */
export interface CloudNetwork {
  ask(method: Method, path: string, body?: unknown): Promise<{ readonly status: number; readonly body: unknown }>;
  /** Opens a stream of server-sent events that reconnects by itself; the result closes it. */
  listen(path: string, on: { opened(): void; message(data: string): void; broken(): void }): () => void;
}

export interface CloudState {
  /** `signed-out`: the session is over. `lost`: no answer since `since`; what is shown is old and says so. */
  readonly connection: "connecting" | "live" | "lost" | "signed-out";
  /** UTC ms of the last change of `connection`. */
  readonly since: number;
  readonly me: Me | undefined;
  /** Undefined until the cloud has told it for the first time. */
  readonly fleet: Fleet | undefined;
}

export type Asked<T> =
  | { readonly kind: "answer"; readonly value: T }
  /** `message` is the cloud's own sentence, where it refused what was asked. */
  | { readonly kind: "failed"; readonly why: string; readonly message?: string };

/** What phone and console know of the cloud: who is signed in, their vehicles live, and history on demand. */
export class CloudClient {
  readonly #network: CloudNetwork;
  readonly #now: () => number;
  readonly #listeners = new Set<() => void>(); // one for each mounted component; each removes its own
  #state: CloudState;
  #close: (() => void) | undefined;

  constructor(parts: { readonly network: CloudNetwork; readonly now: () => number }) {
    this.#network = parts.network;
    this.#now = parts.now;
    this.#state = { connection: "connecting", since: parts.now(), me: undefined, fleet: undefined };
  }

  readonly state = (): CloudState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Listens to every vehicle that the account may see, or to one. */
  start(vehicle?: string): void {
    const path = vehicle === undefined ? "/api/live" : `/api/live?vehicle=${encodeURIComponent(vehicle)}`;
    this.#close = this.#network.listen(path, {
      opened: () => void this.#checkSession(),
      message: (data) => {
        const event = readLiveEvent(data);
        if (event !== undefined) this.#change({ fleet: applyLive(this.#state.fleet ?? new Map(), event) });
      },
      broken: () => void this.#checkSession(),
    });
  }

  stop(): void {
    this.#close?.();
    this.#close = undefined;
  }

  map(): Promise<Asked<MapInfo>> {
    return this.#get("/api/map", isMapInfo);
  }

  /** At most `points` rows for each path between two instants (UTC ms). */
  history(
    vehicle: string,
    query: { paths: readonly string[]; from: number; to: number; points: number },
  ): Promise<Asked<History>> {
    const { paths, from, to, points } = query;
    const search = `paths=${encodeURIComponent(paths.join(","))}&from=${from}&to=${to}&points=${points}`;
    return this.#get(`/api/vehicles/${encodeURIComponent(vehicle)}/history?${search}`, isHistory);
  }

  /** Gives a vehicle another name, for everybody who sees it. */
  async rename(vehicle: string, name: string): Promise<Asked<VehicleSummary>> {
    const asked = await this.#ask("PATCH", `/api/vehicles/${encodeURIComponent(vehicle)}`, isVehicleSummary, { name });
    const known = this.#state.fleet?.get(vehicle);
    if (asked.kind === "answer" && known !== undefined) {
      // The stream tells it too, a moment later; the values here may be newer than the answer's.
      this.#change({ fleet: new Map(this.#state.fleet).set(vehicle, { ...known, name: asked.value.name }) });
    }
    return asked;
  }

  /** A one-time code by which one more car of `account` joins; operators only. */
  async joinCode(account: string): Promise<Asked<JoinCode>> {
    const asked = await this.#ask("POST", "/api/vehicles/codes", isJoinCodes, { account, count: 1 });
    if (asked.kind === "failed") return asked;
    const [code] = asked.value.codes;
    return code === undefined ? { kind: "failed", why: "unexpected" } : { kind: "answer", value: code };
  }

  /** Uses a one-time token up; the fleet follows by itself. `why` is "refused" for a token that is used or too old. */
  async signIn(token: string): Promise<Asked<true>> {
    try {
      const { status } = await this.#network.ask("POST", "/api/sign-in", { token });
      if (status === 400 || status === 401) return { kind: "failed", why: "refused" };
      if (status < 200 || status >= 300) return { kind: "failed", why: "unexpected" };
    } catch {
      return { kind: "failed", why: "unreachable" };
    }
    this.#become("connecting");
    this.start();
    return { kind: "answer", value: true };
  }

  /** Ends this session on the server and forgets it here; `unreachable` leaves both as they are. */
  async signOut(): Promise<Asked<true>> {
    try {
      await this.#network.ask("POST", "/api/sign-out");
    } catch {
      return { kind: "failed", why: "unreachable" };
    }
    this.#become("signed-out");
    return { kind: "answer", value: true };
  }

  async #checkSession(): Promise<void> {
    const asked = await this.#get("/api/me", isMe);
    if (asked.kind === "answer") this.#become("live", asked.value);
    else if (this.#state.connection !== "signed-out") this.#become("lost");
  }

  #get<T>(path: string, isExpected: (body: unknown) => body is T): Promise<Asked<T>> {
    return this.#ask("GET", path, isExpected);
  }

  /** Anything else of the cloud's API. A refusal of what was asked is `refused`, with the cloud's sentence. */
  request<T>(
    method: Method,
    path: string,
    isExpected: (body: unknown) => body is T,
    wish?: unknown,
  ): Promise<Asked<T>> {
    return this.#ask(method, path, isExpected, wish);
  }

  async #ask<T>(
    method: Method,
    path: string,
    isExpected: (body: unknown) => body is T,
    wish?: unknown,
  ): Promise<Asked<T>> {
    try {
      const { status, body } = await this.#network.ask(method, path, wish);
      if (status === 401) {
        this.#become("signed-out");
        return { kind: "failed", why: "signed-out" };
      }
      if (status >= 200 && status < 300 && isExpected(body)) return { kind: "answer", value: body };
      if (status === 403) return { kind: "failed", why: "forbidden" };
      const message = refusalIn(body);
      return message === undefined
        ? { kind: "failed", why: "unexpected" }
        : { kind: "failed", why: "refused", message };
    } catch {
      return { kind: "failed", why: "unreachable" };
    }
  }

  #become(connection: CloudState["connection"], me: Me | undefined = this.#state.me): void {
    if (connection === this.#state.connection && me === this.#state.me) return;
    if (connection === "signed-out") {
      this.stop();
      // Nobody is signed in, so nobody's cars are left lying about.
      this.#change({ connection, me: undefined, fleet: undefined, since: this.#now() });
      return;
    }
    this.#change({ connection, me, since: this.#now() });
  }

  #change(change: Partial<CloudState>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener();
  }
}

/** The sentence of `{ error: { code, message } }`. */
function refusalIn(body: unknown): string | undefined {
  if (typeof body !== "object" || body === null || !("error" in body)) return undefined;
  const { error } = body;
  if (typeof error !== "object" || error === null || !("message" in error)) return undefined;
  return typeof error.message === "string" ? error.message : undefined;
}
