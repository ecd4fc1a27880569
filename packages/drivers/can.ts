/** CAN buses: frames from adapters and recordings, what they mean by a DBC and a mapping to VSS, and how a driver made of these is proven. */
export { createCanDriver } from "./src/can/can-driver.ts";
export { CandumpReader } from "./src/can/candump.ts";
export { Frames } from "./src/can/frames.ts";
export { candumpFrames, paced } from "./src/can/frame-source.ts";
export type { FrameSource } from "./src/can/frame-source.ts";
export { Decoder } from "./src/dbc/decoder.ts";
export { DbcError } from "./src/dbc/dbc.ts";
export type { Dbc } from "./src/dbc/dbc.ts";
export { parseDbc } from "./src/dbc/parse-dbc.ts";
export { compileMapping } from "./src/mapping/compile-mapping.ts";
export type { CompiledMapping } from "./src/mapping/compile-mapping.ts";
export { MappingError } from "./src/mapping/entry.ts";
export { readMapping } from "./src/mapping/read-mapping.ts";
export { encodeMessage } from "./src/dbc/encode.ts";
export { readDriverFolder } from "./src/proof/manifest.ts";
export { proveDriver } from "./src/proof/prove-driver.ts";
