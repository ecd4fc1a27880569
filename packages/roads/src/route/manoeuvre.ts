/** `modifier` as in OSRM: the shape of the turn. */
export type TurnModifier =
  | "straight"
  | "slight right"
  | "right"
  | "sharp right"
  | "uturn"
  | "sharp left"
  | "left"
  | "slight left";

/** The types of OSRM's step manoeuvres (HTTP API version 5.x, StepManeuver). */
export type ManoeuvreKind =
  | "depart"
  | "turn"
  | "new name"
  | "continue"
  | "merge"
  | "on ramp"
  | "off ramp"
  | "fork"
  | "end of road"
  | "roundabout"
  | "rotary"
  | "roundabout turn"
  | "exit roundabout"
  | "exit rotary"
  | "notification"
  | "arrive";

/** One lane before a manoeuvre. */
export interface Lane {
  /** What is painted on it, "none" where nothing is. */
  readonly indications: readonly (TurnModifier | "none")[];
  /** May be used for the manoeuvre. */
  readonly valid: boolean;
  /** The one of its arrows that the route takes. */
  readonly active?: TurnModifier;
}

export type TravelMode = "driving" | "ferry" | "pushing bike" | "train" | "inaccessible";

/** Something the driver is told to do, and what is driven on from there to the next one. */
export interface Manoeuvre {
  readonly kind: ManoeuvreKind;
  readonly modifier: TurnModifier;
  /** Metres from the start of the route. */
  readonly along: number;
  /** Index of the point of the geometry. */
  readonly point: number;
  /** Index of the piece that begins there; the last one of the leg on arrival. */
  readonly piece: number;
  readonly lat: number;
  readonly lon: number;
  /** Degrees clockwise from north, whole ones, of the road before and after it. 0 before a "depart" and after an "arrive". */
  readonly bearingBefore: number;
  readonly bearingAfter: number;
  /** Street entered here; empty where the map has no name. */
  readonly street: string;
  /** How the name is spoken, where the map tells. */
  readonly pronunciation: string;
  readonly ref: string;
  /** What the sign says, places before numbers. */
  readonly destination: string;
  /** Number of the exit as on the sign (`junction:ref`), empty where it has none. */
  readonly junction: string;
  /** Name of the rotary, where it has one of its own. */
  readonly rotary?: string;
  /** Which exit of the roundabout, counted from 1. */
  readonly exit?: number;
  /** From the left edge of the road. */
  readonly lanes?: readonly Lane[];
  readonly drivingSide: "left" | "right";
  readonly mode: TravelMode;
}
