import type { Language } from "../words.ts";
import type { Look } from "../tokens.ts";

/** What a map needs to know of its city; the shape of `GET /map` and `GET /api/map`. Addresses may be relative to the page's origin. */
export interface MapCity {
  readonly version: string;
  /** west, south, east, north */
  readonly bounds: readonly [number, number, number, number];
  /** lon, lat */
  readonly centre: readonly [number, number];
  readonly minZoom: number;
  readonly maxZoom: number;
  /** With {z}, {x}, {y}. */
  readonly tiles: string;
  /** Road density as the tone of the land; corners nw, ne, se, sw as [lon, lat]. */
  readonly density?: { readonly url: string; readonly corners: readonly (readonly [number, number])[] };
  readonly detailed: boolean;
  readonly attribution: string;
}

/** Where the car is: degrees, heading clockwise from north, m/s (negative in reverse). */
export interface MapPose {
  readonly lat: number;
  readonly lon: number;
  readonly heading: number;
  readonly speed: number;
}

/** How the traffic runs on a stretch; `unknown` is drawn like `free`. */
export type MapFlow = "unknown" | "free" | "slow" | "queue" | "closed";

/** A way to draw: geometry is lon, lat, lon, lat, ...; `manoeuvres` are metres from its start, for the white arrow over the next one. */
export interface MapRoute {
  readonly geometry: readonly number[];
  /** In metres from the start. */
  readonly traffic?: readonly { readonly from: number; readonly to: number; readonly level: MapFlow }[];
  readonly manoeuvres?: readonly number[];
  /** Names not to be written on the map, since the banner and the chip say them. */
  readonly streets?: readonly string[];
}

/** Another way, drawn thin; `label` says what it costs or saves. */
export interface MapAlternative {
  readonly id: string;
  readonly geometry: readonly number[];
  readonly label: string;
}

/** Roads around with measured speeds, and what happened on them; geometry as in MapRoute, in the direction of driving. */
export interface MapTraffic {
  /** On which side of the road one drives there; the right where it is not said. */
  readonly drivingSide?: "left" | "right";
  readonly stretches: readonly { readonly level: "slow" | "queue" | "closed"; readonly line: readonly number[] }[];
  readonly incidents: readonly {
    readonly id: string;
    readonly kind: "accident" | "works" | "closure" | "hazard";
    readonly lat: number;
    readonly lon: number;
  }[];
}

/** A way that was driven, coloured by how fast: `tone` 0 is slowest. Geometry as in MapRoute. */
export interface MapTrack {
  readonly stretches: readonly { readonly tone: MapTone; readonly line: readonly number[] }[];
}

export type MapTone = 0 | 1 | 2 | 3 | 4;

/** A place with a mark. */
export interface MapPin {
  readonly id: string;
  readonly lat: number;
  readonly lon: number;
  readonly kind: "home" | "work" | "favourite" | "destination" | "found" | "stop" | "charge";
  readonly name?: string;
}

/** A car of the fleet; drawn smoothly between its positions. */
export interface MapCar {
  readonly id: string;
  readonly lat: number;
  readonly lon: number;
  readonly heading: number;
  readonly name: string;
  readonly online: boolean;
  readonly selected?: boolean;
}

/** CSS pixels that something lies over at each edge. */
export interface MapInsets {
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly left: number;
}

/** Why there is no map. */
export type MapProblem = "no-webgl" | "no-map";

export interface MapOptions {
  readonly info: MapCity;
  readonly look: Look;
  readonly language: Language;
  /** `drive`: heading up, tilted, follows the car. `overview`: north up, flat. */
  readonly mode: "drive" | "overview";
  /** Hands may move it; true unless told. */
  readonly interactive?: boolean;
  /** A short tap that hit no car and no pin. */
  readonly onTap?: (lat: number, lon: number) => void;
  /** The hand is over a place, with no button held. */
  readonly onHover?: (lat: number, lon: number) => void;
  readonly onPinTap?: (id: string) => void;
  readonly onCarTap?: (id: string) => void;
  readonly onAlternativeTap?: (id: string) => void;
  /** True while the camera follows the car; false once a hand moved the map. */
  readonly onFollowChange?: (following: boolean) => void;
}

/** A living map. Everything can be called at any time; `destroy` ends it. */
export interface MapHandle {
  setLook(look: Look): void;
  setLanguage(language: Language): void;
  /** Newest position, up to 20 times a second; the map moves smoothly between them and predicts a moment ahead. Undefined hides the car. */
  setPose(pose: MapPose | undefined): void;
  /** Camera goes with the car. */
  follow(): void;
  /** Camera stays with the hand. */
  free(): void;
  following(): boolean;
  /** Undefined takes the route away. */
  setRoute(route: MapRoute | undefined): void;
  /** Metres driven along the route. */
  setProgress(along: number): void;
  /** Other ways to tap; none takes them away. */
  setAlternatives(alternatives: readonly MapAlternative[]): void;
  /** Undefined takes it away. */
  setTraffic(traffic: MapTraffic | undefined): void;
  /** Undefined takes it away. */
  setTrack(track: MapTrack | undefined): void;
  /** Which way is up while the camera follows the car; north up is also flat. Heading unless told. */
  setUp(up: "heading" | "north"): void;
  /** How sure the car is of its place: its symbol says so. */
  setCertainty(certainty: "sure" | "reckoned" | "lost"): void;
  /** Whole route in view, with the alternatives, within `insets` or those that were set; the camera is then free. */
  fitRoute(insets?: MapInsets): void;
  setPins(pins: readonly MapPin[]): void;
  setCars(cars: readonly MapCar[]): void;
  /** All cars in view. */
  fitCars(): void;
  /** These places (lon, lat, lon, lat, ...) in view; the camera is then free. */
  fit(places: ArrayLike<number>): void;
  setInsets(insets: MapInsets): void;
  /** One step nearer (1) or farther (-1). */
  zoomBy(steps: number): void;
  /** The place in the middle of what is free to see; the camera is then free. */
  lookAt(lat: number, lon: number, zoom?: number): void;
  destroy(): void;
}
