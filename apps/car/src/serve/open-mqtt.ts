import { randomUUID } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { connect } from "mqtt";
import { isLoopback } from "../vehicle/standing.ts";
import type { Access } from "./access/access.ts";
import type { Served } from "./serve-settings.ts";
import { VissMqtt } from "./viss/mqtt.ts";
import type { Broker } from "./viss/mqtt.ts";
import type { Viss } from "./viss/viss.ts";

const identityFile = "mqtt-identity";
const tryAgainAfterMs = 5_000;
/** Goes to node:tls as it is; the library's own types do not name it. */
const secure = { minVersion: "TLSv1.2" } as const;

export interface OpenMqttParts {
  readonly viss: Viss;
  readonly access: Pick<Access, "isRestricted">;
  readonly served: Served;
  /** The car's own. */
  readonly folder: string;
  readonly report: (error: unknown) => void;
}

/** Speaks VISS over the broker that the owner has named; a sentence instead where that is not safe, undefined where none is named. */
export function openMqtt({ viss, access, served, folder, report }: OpenMqttParts): VissMqtt | string | undefined {
  const { mqtt } = served;
  if (mqtt === undefined) return undefined;
  if (!access.isRestricted) return "This car speaks no MQTT: whoever reaches a broker needs a token (npm run token).";
  const url = URL.parse(mqtt.url);
  if (url === null || (url.protocol === "mqtt:" && !isLoopback(url.hostname)))
    return "This car speaks no MQTT: a broker beyond its own machine is spoken to by TLS (mqtts://).";
  const identity = identityOf(folder);
  const client = connect(mqtt.url, {
    clientId: identity,
    clean: true,
    reconnectPeriod: tryAgainAfterMs,
    queueQoSZero: false,
    ...(mqtt.username !== undefined && { username: mqtt.username }),
    ...(mqtt.password !== undefined && { password: mqtt.password }),
    ...secure,
  });
  client.on("error", report);
  const broker: Broker = {
    subscribe: (topic) => void client.subscribe(topic, { qos: 1 }, (error) => error && report(error)),
    publish: (topic, text, sent) => void client.publish(topic, text, { qos: 0 }, () => sent()),
    onMessage: (listener) => void client.on("message", listener),
    close: () => client.endAsync(true),
  };
  const door = new VissMqtt({ viss, broker, identity, version: mqtt.version ?? "VISSv2" });
  door.start();
  return door;
}

/** Random, made once: it names this car on the broker and says nothing of it. */
function identityOf(folder: string): string {
  const file = join(folder, identityFile);
  if (existsSync(file)) return readFileSync(file, "utf8").trim();
  const identity = randomUUID();
  writeFileSync(file, identity, { mode: 0o600 });
  return identity;
}
