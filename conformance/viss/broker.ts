import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Aedes } from "aedes";
import type { Access } from "../../apps/car/src/serve/access/access.ts";
import { openMqtt } from "../../apps/car/src/serve/open-mqtt.ts";
import type { Viss } from "../../apps/car/src/serve/viss/viss.ts";

/** A broker on this machine with the car on it. */
export interface BenchBroker {
  readonly url: string;
  /** Names the car in the broker's topics. */
  readonly identity: string;
  stop(): Promise<void>;
}

export async function openBroker(viss: Viss, access: Access): Promise<BenchBroker> {
  const folder = mkdtempSync(join(tmpdir(), "caravan-"));
  const broker = await Aedes.createBroker();
  const server = createServer((socket) => void broker.handle(socket));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const url = `mqtt://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
  const isThere = new Promise((resolve) => broker.once("subscribe", resolve));
  const report = (error: unknown): boolean => process.stderr.write(`the broker: ${String(error)}\n`);
  const car = openMqtt({ viss, access, served: { tls: undefined, mqtt: { url } }, folder, report });
  if (car === undefined || typeof car === "string") throw new Error(car ?? "no broker was named");
  await isThere;
  return {
    url,
    identity: readFileSync(join(folder, "mqtt-identity"), "utf8"),
    stop: async () => {
      await car.stop();
      await new Promise<void>((resolve) => broker.close(() => resolve()));
      server.close();
      rmSync(folder, { recursive: true });
    },
  };
}
