import { GeoJSONSource, type Map as Engine } from "maplibre-gl";
import {
  alternativeLines,
  alternativeWords,
  incidentPoints,
  noPoints,
  trafficLines,
  type Line,
  type Lines,
  type Points,
} from "./features.ts";
import type { MapAlternative, MapTraffic } from "./types.ts";

/** What is drawn on top of the city: kept until the style is there, then handed on at once. */
export class Sources {
  readonly #engine: Engine;
  /** One for each source that the style names. */
  readonly #waiting = new Map<string, Points | Line | Lines>();
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

  styled(): void {
    this.#styled = true;
    for (const [name, data] of this.#waiting) this.set(name, data);
    this.#waiting.clear();
  }
}
