/** Process in the middle: a car's gRPC port over its Store, or (`pass-through`) nothing but the forwarding of the same bytes. */
import { createServer } from "node:net";
import { Store, catalogue } from "@caravan/signals";
import { Server, ServerCredentials } from "@grpc/grpc-js";
import type { ServerDuplexStream, ServerWritableStream } from "@grpc/grpc-js";
import { generateKeyPairSync } from "node:crypto";
import { Access } from "../../apps/car/src/serve/access/access.ts";
import { audience, signToken } from "../../apps/car/src/serve/access/token.ts";
import { Kuksa } from "../../apps/car/src/serve/kuksa/kuksa.ts";
import { KuksaServer } from "../../apps/car/src/serve/kuksa/kuksa-server.ts";
import { Providers } from "../../apps/car/src/serve/kuksa/providers.ts";
import { realScheduler } from "../../apps/car/src/serve/viss/scheduler.ts";

const clock = { now: () => Date.now() };
const port = await new Promise<number>((resolve) => {
  const probe = createServer().listen(0, "127.0.0.1", () => {
    const address = probe.address();
    probe.close(() => resolve(typeof address === "object" ? (address?.port ?? 0) : 0));
  });
});

/** The whole of the car's way: token, rights, checks, Store, subscriptions. */
async function openCar(): Promise<string> {
  const store = new Store({ catalogue, clock });
  const keys = generateKeyPairSync("ed25519");
  const report = (error: unknown): void => {
    throw error;
  };
  const kuksa = new Kuksa({
    store,
    clock,
    scheduler: realScheduler,
    access: new Access({ catalogue, clock, key: keys.publicKey, vin: () => undefined }),
    gate: { actuate: async () => ({ kind: "refused", why: "not-available" }), judge: () => "not-available" },
    providers: new Providers({ store }),
    version: "bench",
    report,
  });
  const outcome = await new KuksaServer({ kuksa, host: "127.0.0.1", port, tls: undefined, report }).start();
  if (outcome.kind === "failed") throw new Error(outcome.why);
  return signToken({ exp: clock.now() / 1_000 + 600, aud: audience, scope: "read provide" }, keys.privateKey);
}

const same = (bytes: Buffer): Buffer => bytes;

async function openPassThrough(): Promise<string> {
  const readers = new Set<ServerWritableStream<Buffer, Buffer>>();
  const method = (name: string, requestStream: boolean) => ({
    path: `/kuksa.val.v2.VAL/${name}`,
    requestStream,
    responseStream: true,
    requestSerialize: same,
    requestDeserialize: same,
    responseSerialize: same,
    responseDeserialize: same,
  });
  const server = new Server();
  server.addService(
    { SubscribeById: method("SubscribeById", false), OpenProviderStream: method("OpenProviderStream", true) },
    {
      SubscribeById: (call: ServerWritableStream<Buffer, Buffer>) => {
        readers.add(call);
        call.write(Buffer.alloc(0));
      },
      OpenProviderStream: (call: ServerDuplexStream<Buffer, Buffer>) => {
        call.on("data", (bytes: Buffer) => {
          for (const reader of readers) reader.write(bytes);
        });
        call.on("end", () => call.end());
      },
    },
  );
  await new Promise((resolve) => server.bindAsync(`127.0.0.1:${port}`, ServerCredentials.createInsecure(), resolve));
  return "none";
}

const token = await (process.argv[2] === "pass-through" ? openPassThrough() : openCar());
process.on("message", () => {
  const { user, system } = process.cpuUsage();
  process.send?.({ type: "figures", cpuMs: (user + system) / 1_000 });
});
process.on("disconnect", () => process.exit(0));
process.send?.({ type: "listening", port, token });
