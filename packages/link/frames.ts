/** Readings as bytes, for both ends of a stream: small enough for a screen. */
export { FrameWriter, frameQualities, readFrame, readTaken, writeTaken } from "./src/signal-frame.ts";
export type { FrameHead, SignalFrame, Taken } from "./src/signal-frame.ts";
