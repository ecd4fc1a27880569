// Hot: filled and read for every frame of every bus (about 5,000/s, millions in a bench).

/** What kind of frame it is, as bits. */
export const frameFlags = { remote: 1, error: 2, fd: 4 } as const;

/** A frame at rest, for tests, for writing and for people. */
export interface CanFrame {
  /** 11 or 29 bits. */
  readonly id: number;
  readonly isExtended: boolean;
  readonly data: Uint8Array;
  readonly isFd?: boolean;
}

const mostData = 64;
/** A car has a handful of buses; names beyond are all the last one's. */
const mostBuses = 255;

/**
 * Frames in the order in which they came, in columns that are used again and again. `keys` are identifiers with bit 31 for 29-bit ones. Bound: as many
 * frames as it was made for.
 */
export class Frames {
  readonly capacity: number;
  readonly keys: Uint32Array;
  /** UTC ms by the clock of whoever heard them. */
  readonly at: Float64Array;
  /** Where in `data` a frame begins. */
  readonly offsets: Uint32Array;
  readonly lengths: Uint8Array;
  /** Numbers of names in `busNames`. */
  readonly buses: Uint8Array;
  readonly flags: Uint8Array;
  readonly data: Uint8Array;
  readonly busNames: string[] = [];
  count = 0;
  #end = 0;

  constructor(capacity: number) {
    this.capacity = capacity;
    this.keys = new Uint32Array(capacity);
    this.at = new Float64Array(capacity);
    this.offsets = new Uint32Array(capacity);
    this.lengths = new Uint8Array(capacity);
    this.buses = new Uint8Array(capacity);
    this.flags = new Uint8Array(capacity);
    // Room for a whole FD frame behind the last one.
    this.data = new Uint8Array(capacity * 16 + mostData);
  }

  /** Forgets all frames; names of buses stay. */
  clear(): void {
    this.count = 0;
    this.#end = 0;
  }

  isFull(): boolean {
    return this.count >= this.capacity || this.#end + mostData > this.data.length;
  }

  /** Where the data of the next frame are to be written, before `push`. */
  end(): number {
    return this.#end;
  }

  /** Takes in a frame whose data stand at `end()`. There must be room, see `isFull`. */
  push(key: number, at: number, length: number, bus: number, flags: number): void {
    const i = this.count++;
    this.keys[i] = key;
    this.at[i] = at;
    this.offsets[i] = this.#end;
    this.lengths[i] = length;
    this.buses[i] = bus;
    this.flags[i] = flags;
    this.#end += length;
  }

  busNumber(name: string): number {
    const known = this.busNames.indexOf(name);
    if (known >= 0) return known;
    if (this.busNames.length >= mostBuses) return this.busNames.length - 1;
    return this.busNames.push(name) - 1;
  }
}
