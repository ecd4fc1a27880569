import Type from "typebox";
import type { Static } from "typebox";
import { Value } from "typebox/value";

const Text = Type.String({ minLength: 1 });

/** What `start.ts` tells the car computer, as JSON in the environment variable `CARAVAN_CAR`. */
export const CarSettings = Type.Object(
  {
    /** Number of the first car of this process; car n keeps its data in `<data>/cars/<n>`. */
    first: Type.Integer({ minimum: 1, maximum: 10_000 }),
    /** How many cars this process simulates, on as many ports in a row. */
    count: Type.Integer({ minimum: 1, maximum: 1_000 }),
    host: Text,
    /** Port of the first car. */
    port: Type.Integer({ minimum: 1, maximum: 65_535 }),
    data: Text,
    /** Folder of the imported city. */
    map: Text,
    /** Folder with the built `cockpit` in it; it may appear while the car runs. */
    screens: Type.Optional(Text),
    /** `mqtt` takes the place of the broker's address that the cloud tells at enrolment. */
    cloud: Type.Optional(Type.Object({ url: Text, mqtt: Type.Optional(Text) })),
    /** One code for each car that is not enrolled yet. */
    enrolment: Type.Optional(Type.Array(Type.String())),
    /** A recording that takes the place of the simulation in the first car. */
    replay: Type.Optional(Text),
    /** Buses of a real car in place of the simulation: a SocketCAN interface, or a serial port or `tcp:host:port` that speaks slcan. */
    can: Type.Optional(Type.Array(Type.Object({ name: Text, at: Text }), { maxItems: 8 })),
    /** Of slcan adapters, bits a second. */
    canBitrate: Type.Optional(Type.Integer({ minimum: 10_000, maximum: 1_000_000 })),
    /** An ELM327 in the OBD socket, and a satellite receiver: a serial port, `tcp:host:port`, or `gpsd:host:port` for the latter. */
    obd: Type.Optional(Text),
    gps: Type.Optional(Text),
    /** Describes the frames of a bus or of a candump recording, and what of it is which signal of VSS. */
    translation: Type.Optional(Type.Object({ dbc: Text, mapping: Text })),
    /** Where the first cars of this process are set down, one place for each; the others stay where they were. */
    at: Type.Optional(
      Type.Array(
        Type.Object({
          lat: Type.Number({ minimum: -90, maximum: 90 }),
          lon: Type.Number({ minimum: -180, maximum: 180 }),
        }),
        { maxItems: 1_000 },
      ),
    ),
    seed: Type.Integer(),
    version: Text,
  },
  { additionalProperties: true },
);
export type CarSettings = Static<typeof CarSettings>;

export type SettingsOutcome =
  | { readonly kind: "settings"; readonly settings: CarSettings }
  | { readonly kind: "failed"; readonly why: string };

/** Reads the settings out of the environment variable's text; the first thing wrong with them is named. */
export function readSettings(text: string | undefined): SettingsOutcome {
  if (text === undefined) {
    return {
      kind: "failed",
      why: "The car computer is started by npm start, which tells it its settings in CARAVAN_CAR.",
    };
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { kind: "failed", why: "CARAVAN_CAR is not JSON." };
  }
  if (Value.Check(CarSettings, value)) return { kind: "settings", settings: value };
  const [first] = Value.Errors(CarSettings, value);
  return {
    kind: "failed",
    why: `CARAVAN_CAR is wrong at ${first?.instancePath || "its top"}: ${first?.message ?? "unknown"}.`,
  };
}
