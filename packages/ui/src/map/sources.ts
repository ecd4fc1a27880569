import { GeoJSONSource, type Map as Engine } from "maplibre-gl";
import {
  alternativeLines,
  alternativeWords,
  incidentPoints,
  noPoints,
  trackLines,
  trafficLines,
  type Line,
  type Lines,
  type Points,
} from "./features.ts";
import type { MapAlternative, MapTrack, MapTraffic } from "./types.ts";

/** Layers of the sources that are often empty. An empty source that is shown costs as much in each frame as a full one, so its layers are hidden. */
const layersOf: Readonly<Record<string, readonly string[]>> = {
  traffic: ["traffic", "traffic-closed"],
  incidents: ["incidents"],
  track: ["track-edge", "track"],
  alternatives: ["alternative-edge", "alternatives"],
  "alternative-words": ["alternative-words"],
  pins: ["pins"],
  cars: ["cars", "car-groups"],
};

const isEmpty = (data: Points | Line | Lines): boolean => "features" in data && data.features.length === 0;

/** What is drawn on top of the city: kept until the style is there, then handed on at once. */
export class Sources {
  readonly #engine: Engine;
  /** One for each source that the style names. */
  readonly #waiting = new Map<string, Points | Line | Lines>();
  readonly #hidden = new Set<string>(); // names of layersOf
  #styled = false;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  set(name: string, data: Points | Line | Lines): void {
    if (!this.#styled) {
      this.#waiting.set(name, data);
      return;
    }
    const source = this.#engine.getSource(name);
    if (source instanceof GeoJSONSource) void source.setData(data);
    this.#show(name, !isEmpty(data));
  }

  #show(name: string, shown: boolean): void {
    if (shown !== this.#hidden.has(name)) return;
    if (shown) this.#hidden.delete(name);
    else this.#hidden.add(name);
    for (const layer of layersOf[name] ?? []) {
      this.#engine.setLayoutProperty(layer, "visibility", shown ? "visible" : "none");
    }
  }

  /** Other ways than `route` (lon, lat, ...), with their words. */
  alternatives(ways: readonly MapAlternative[], route: ArrayLike<number> | undefined): void {
    this.set("alternatives", alternativeLines(ways));
    this.set("alternative-words", alternativeWords(ways, route));
  }

  traffic(traffic: MapTraffic | undefined): void {
    this.set("traffic", traffic === undefined ? noPoints : trafficLines(traffic));
    this.set("incidents", traffic === undefined ? noPoints : incidentPoints(traffic));
  }

  track(track: MapTrack | undefined): void {
    this.set("track", track === undefined ? noPoints : trackLines(track));
  }

  isStyled(): boolean {
    return this.#styled;
  }

  styled(): void {
    this.#styled = true;
    for (const name of Object.keys(layersOf)) this.#show(name, false);
    for (const [name, data] of this.#waiting) this.set(name, data);
    this.#waiting.clear();
  }
}
