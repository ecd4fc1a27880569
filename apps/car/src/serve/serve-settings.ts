import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import Type from "typebox";
import type { Static } from "typebox";
import { Value } from "typebox/value";

const Port = Type.Integer({ minimum: 1, maximum: 65_535 });
const File = Type.String({ minLength: 1, maxLength: 4_096 });
const exact = { additionalProperties: false };

/** `serve.json` in a car's folder: the doors that its owner opens to other programs, beyond the usual ones. Files are named from that folder. */
const ServeSettings = Type.Object(
  {
    /** kuksa.val.v2; `false` shuts it. */
    grpc: Type.Optional(
      Type.Union([Type.Literal(false), Type.Object({ host: Type.Optional(File), port: Type.Optional(Port) }, exact)]),
    ),
    /** A certificate (PEM) opens VISS by TLS on a port of its own, and gRPC goes by TLS too. */
    tls: Type.Optional(Type.Object({ certificate: File, key: File, port: Type.Optional(Port) }, exact)),
    /** VISS over a broker; it is spoken to as soon as it is named here. */
    mqtt: Type.Optional(
      Type.Object(
        {
          url: Type.String({ pattern: "^mqtts?://" }),
          username: Type.Optional(Type.String()),
          password: Type.Optional(Type.String()),
          version: Type.Optional(Type.Union([Type.Literal("VISSv2"), Type.Literal("VISSv3")])),
        },
        exact,
      ),
    ),
  },
  exact,
);
type ServeSettings = Static<typeof ServeSettings>;

/** Key and certificate as they lie in their files (PEM). */
export interface Tls {
  readonly certificate: Buffer;
  readonly key: Buffer;
}

export interface Served extends Omit<ServeSettings, "tls"> {
  readonly tls: (Tls & { readonly port: number }) | undefined;
}

const fileName = "serve.json";
/** As version 3 of VISS says for WebSocket. */
const usualTlsPort = 6_443;

/** What the owner has set up for this car; nothing where there is no file. @throws where the file cannot be understood */
export function readServeSettings(folder: string): Served {
  const file = join(folder, fileName);
  if (!existsSync(file)) return { tls: undefined };
  const { tls, ...settings } = parse(file);
  if (tls === undefined) return { ...settings, tls: undefined };
  const read = (name: string): Buffer => readFileSync(join(folder, name));
  return {
    ...settings,
    tls: { certificate: read(tls.certificate), key: read(tls.key), port: tls.port ?? usualTlsPort },
  };
}

function parse(file: string): ServeSettings {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, "utf8"));
  } catch (cause) {
    throw new Error(`${file} is not JSON.`, { cause });
  }
  if (Value.Check(ServeSettings, value)) return value;
  const [first] = Value.Errors(ServeSettings, value);
  throw new Error(`${file} is wrong at ${first?.instancePath || "its top"}: ${first?.message ?? "unknown"}.`);
}
