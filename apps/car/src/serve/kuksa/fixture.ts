import { generateKeyPairSync } from "node:crypto";
import { createServer } from "node:net";
import { join } from "node:path";
import { createGate, safeNow } from "@caravan/drivers";
import { Store, Vehicle, catalogue, check } from "@caravan/signals";
import { Client, credentials, loadPackageDefinition, Metadata } from "@grpc/grpc-js";
import { loadSync } from "@grpc/proto-loader";
import { standingOf } from "../../vehicle/standing.ts";
import { Access } from "../access/access.ts";
import { audience, signToken } from "../access/token.ts";
import { realScheduler } from "../viss/scheduler.ts";
import { Viss } from "../viss/viss.ts";
import { Kuksa } from "./kuksa.ts";
import { KuksaServer } from "./kuksa-server.ts";
import { Providers } from "./providers.ts";

/** A plain client's view of a message, as its JSON. */
export interface Message {
  readonly [field: string]: unknown;
}

export interface Stream {
  write(message: Message): boolean;
  end(): void;
  cancel(): void;
  on(event: string, listener: (given: Message) => void): Stream;
}

const packages = loadPackageDefinition(
  loadSync(join(import.meta.dirname, "proto/kuksa/val/v2/val.proto"), {
    includeDirs: [join(import.meta.dirname, "proto")],
    keepCase: true,
    longs: Number,
    enums: String,
    defaults: false,
    oneofs: false,
  }),
);

type Dial = (address: string) => {
  [method: string]: (...given: unknown[]) => Stream;
};

/** The generated client of `kuksa.val.v2.VAL`; what the loader makes has no types. */
function dial(address: string): ReturnType<Dial> {
  const at = (name: string, from: unknown): unknown =>
    from !== null && typeof from === "object" ? Reflect.get(from, name) : undefined;
  const client: unknown = ["kuksa", "val", "v2", "VAL"].reduce<unknown>((from, name) => at(name, from), packages);
  if (typeof client !== "function") throw new Error("the service is not in the file");
  return Reflect.construct(client, [address, credentials.createInsecure()]);
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, "127.0.0.1", resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (typeof address !== "object" || address === null) throw new Error("no port");
  return address.port;
}

/** A car whose body knows its speed and its high beam, its gRPC port, and a plain client. */
export async function serveKuksa({ withTokens = false }: { withTokens?: boolean } = {}) {
  const clock = { now: () => Date.now() };
  const store = new Store({ catalogue, clock });
  const own = { source: "simulator" };
  const beam = Vehicle.Body.Lights.Beam.High.IsOn;
  store.set(Vehicle.Speed, 50.5, own);
  store.set(beam, false, own);
  const providers = new Providers({ store });
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  const access = new Access({ catalogue, clock, key: withTokens ? publicKey : undefined, vin: () => "TESTVIN" });
  const gate = createGate<never>({
    store,
    signalAt: (path) => catalogue.find(path),
    check: (signal, value) => check(signal, value),
    provider: {
      apply: (path, value) => {
        if (path !== beam.path) return providers.apply(path, value);
        store.set(beam, value === true, own);
        return true;
      },
    },
    standing: standingOf(false),
    guard: safeNow(store),
    after: (ms, callback) => realScheduler.after(ms, callback),
    answerWithinMs: 300,
  });
  const faults: unknown[] = [];
  const report = (error: unknown): void => void faults.push(error);
  const kuksa = new Kuksa({
    store,
    clock,
    scheduler: realScheduler,
    access,
    gate,
    providers,
    version: "1.2.3",
    report,
  });
  const port = await freePort();
  const server = new KuksaServer({ kuksa, host: "127.0.0.1", port, tls: undefined, report });
  const outcome = await server.start();
  const client = dial(`127.0.0.1:${port}`);
  const rawClient = new Client(`127.0.0.1:${port}`, credentials.createInsecure());
  const token = (scope: string, more: object = {}): string =>
    signToken({ exp: Math.floor(Date.now() / 1_000) + 60, aud: audience, scope, ...more }, privateKey);
  const headers = (bearer: string | undefined): Metadata => {
    const metadata = new Metadata();
    if (bearer !== undefined) metadata.set("authorization", `Bearer ${bearer}`);
    return metadata;
  };
  const viss = new Viss({
    store,
    access,
    clock,
    scheduler: realScheduler,
    actuate: (path, value, asker) => gate.actuate(path, value, asker),
    report,
  });
  return {
    store,
    viss,
    providers,
    server,
    faults,
    outcome,
    port,
    token,
    /** One call; its answer, or the code it ended with. */
    call: (method: string, message: Message, bearer?: string): Promise<Message> =>
      new Promise((resolve) => {
        client[method]?.(message, headers(bearer), (error: { code: number; details: string } | null, answer: Message) =>
          resolve(error === null ? answer : { code: error.code, details: error.details }),
        );
      }),
    /** Opens a stream; what comes is gathered, its end too. */
    open: (method: string, message?: Message, bearer?: string) => {
      const stream =
        message === undefined ? client[method]?.(headers(bearer)) : client[method]?.(message, headers(bearer));
      if (stream === undefined) throw new Error(`there is no ${method}`);
      const messages: Message[] = [];
      const ended: { code?: unknown; details?: unknown } = {};
      stream.on("data", (given) => messages.push(given));
      stream.on("error", (error) => Object.assign(ended, { code: error["code"], details: error["details"] }));
      stream.on("status", (status) => Object.assign(ended, { code: status["code"] }));
      return { stream, messages, ended };
    },
    /** One call with bytes of any kind; the code it ended with. */
    raw: (method: string, bytes: Uint8Array): Promise<number> =>
      new Promise((resolve) => {
        const same = (given: Uint8Array): Buffer => Buffer.from(given);
        const stream = rawClient.makeBidiStreamRequest(`/kuksa.val.v2.VAL/${method}`, same, same);
        stream.on("data", () => undefined);
        stream.on("error", () => undefined);
        stream.on("status", ({ code }) => resolve(code));
        stream.write(bytes);
        stream.end();
        // A subscription that began goes on until it is ended.
        if (method.startsWith("Subscribe")) stream.once("data", () => stream.cancel());
      }),
    stop: async (): Promise<void> => {
      rawClient.close();
      Reflect.apply(Reflect.get(client, "close"), client, []);
      await server.stop();
    },
  };
}
