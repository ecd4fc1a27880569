import type { SignalValue } from "./cockpit.ts";

/** What phone and console get from the cloud. Everything in it came from the car over its link, and says when. */
export interface VehicleSummary {
  readonly vehicle: string;
  readonly name: string;
  readonly model: string;
  readonly simulated: boolean;
  readonly online: boolean;
  /** UTC ms of the last sign of life, by the cloud's clock. */
  readonly seenAt?: number;
  /** Latest value by VSS path, each with the car's own time of it (UTC ms). */
  readonly values: Readonly<Record<string, { readonly value: SignalValue; readonly at: number }>>;
}

/** One server-sent event of `GET /api/live`; at most 5 a second for one reader, the newest value wins. */
export type LiveEvent =
  | { readonly type: "snapshot"; readonly vehicles: readonly VehicleSummary[] }
  | {
      readonly type: "values";
      readonly vehicle: string;
      readonly values: Readonly<Record<string, { readonly value: SignalValue; readonly at: number }>>;
    }
  | { readonly type: "presence"; readonly vehicle: string; readonly online: boolean; readonly at: number }
  | { readonly type: "gone"; readonly vehicle: string };

/** `GET /api/vehicles/:vehicle/history?paths=a,b&from=ms&to=ms&points=n`: one column for each path, thinned by min and max per bucket to at most `points` rows. */
export interface History {
  readonly from: number;
  readonly to: number;
  readonly series: readonly {
    readonly path: string;
    /** UTC ms, rising. */
    readonly at: readonly number[];
    readonly values: readonly number[];
  }[];
}

/** `GET /api/me` */
export interface Me {
  readonly account: string;
  readonly name: string;
  readonly role: "owner" | "operator";
}

/** `POST /api/vehicles/codes` answers a list of these under `codes`: a car that shows the code once, before `expiresAt` (UTC ms), joins. */
export interface JoinCode {
  readonly code: string;
  readonly expiresAt: number;
}

/** `GET /api/map`, and the car's `GET /map`: what a map view needs to draw the city. Addresses are relative to the server's root. */
export interface MapInfo {
  /** Changes when the city changes; part of every tile's address, so tiles may be cached for ever. */
  readonly version: string;
  readonly name: string;
  /** west, south, east, north */
  readonly bounds: readonly [number, number, number, number];
  readonly centre: readonly [number, number];
  readonly minZoom: number;
  readonly maxZoom: number;
  /** With {z}, {x}, {y}. */
  readonly tiles: string;
  /** Road density as the tone of the land; absent where the city has land use of its own. Corners: nw, ne, se, sw as [lon, lat]. */
  readonly density?: { readonly url: string; readonly corners: readonly (readonly [number, number])[] };
  /** Set where the map holds buildings, water and land use. */
  readonly detailed: boolean;
  readonly attribution: string;
}
