import type { BusWriter } from "../gate.ts";
import type { FrameSource } from "./frame-source.ts";

/** One bus of a real car: what is heard on it, and the writer that the gate alone can use. */
export interface Bus {
  /** As mappings and the owner's list call it. */
  readonly name: string;
  readonly source: FrameSource;
  readonly write: BusWriter;
}
