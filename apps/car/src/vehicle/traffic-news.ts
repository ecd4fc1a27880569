import type { TrafficMessage } from "@caravan/link";
import type { HeardTraffic } from "@caravan/roads/traffic";
import type { Hindrance } from "@caravan/world";

type Incident = HeardTraffic["incidents"][number];

/** Collects what is heard of the traffic, from the cloud and from the simulated roads, into one picture for the map. */
export class TrafficNews {
  readonly #hear: (picture: HeardTraffic) => void;
  #speeds: HeardTraffic["speeds"] = [];
  #told: readonly Incident[] = [];
  #announced: readonly Incident[] = [];

  constructor(parts: { hear: (picture: HeardTraffic) => void }) {
    this.#hear = parts.hear;
  }

  /** The cloud's newest picture, in place of its last one. */
  fromCloud({ at, speeds, incidents }: TrafficMessage): void {
    this.#speeds = speeds.map(({ from, to, speed, age, probes }) => ({
      from,
      to,
      speed,
      probes,
      at: at - 1_000 * age,
    }));
    this.#told = incidents;
    this.#tell();
  }

  /**
   * A closure of the simulated roads is announced to everybody, as road authorities do; what queues before a hindrance is for cars to find out
   * by driving there.
   */
  fromRoads(hindrances: readonly Hindrance[]): void {
    const closures = hindrances.filter(({ kind }) => kind === "closure");
    const announced = closures.map(({ id, lat, lon, heading, from, until }): Incident => {
      return { id, kind: "closure", lat, lon, heading, from, until };
    });
    if (JSON.stringify(announced) === JSON.stringify(this.#announced)) return;
    this.#announced = announced;
    this.#tell();
  }

  #tell(): void {
    this.#hear({ speeds: this.#speeds, incidents: [...this.#told, ...this.#announced] });
  }
}
