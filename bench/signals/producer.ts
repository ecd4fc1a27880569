/** Process that brings readings: as fast as they are taken (`rate` 0), or so many a second. */
import { setTimeout as sleep } from "node:timers/promises";
import { FrameWriter, readTaken } from "@caravan/link/frames";
import { WebSocket } from "ws";

import { batchSignals, sharedNow, valueOf } from "./readings.ts";
import type { FromProducer } from "./readings.ts";

const [, , port = "", rateText = "0", secondsText = "1"] = process.argv;
const rate = Number(rateText);
const lastsMs = Number(secondsText) * 1_000;
/** Batches on their way at once. */
const window = 16;

const socket = new WebSocket(`ws://127.0.0.1:${port}/signals`, { perMessageDeflate: false });
const writer = new FrameWriter();
let batches = 0;
let taken = 0;
let refused = 0;
let readings = 0;
let sum = 0;

function send(): void {
  const at = sharedNow();
  for (const { slot } of batchSignals) {
    const value = valueOf(readings++);
    sum += value;
    writer.add(slot, value, at, 1);
  }
  batches += 1;
  socket.send(writer.take({ subscription: 0, sequence: batches, passedOver: 0, isSnapshot: false }));
}

socket.on("open", () => {
  socket.send(JSON.stringify({ type: "provide", paths: batchSignals.map(({ path }) => path) }));
  socket.once("message", () => {
    const begun = sharedNow();
    const isOver = (): boolean => sharedNow() - begun > lastsMs;
    const finish = async (): Promise<void> => {
      // Frames that are still on their way count as well.
      for (;;) {
        if (taken >= batches) break;
        await sleep(5);
      }
      const seconds = (sharedNow() - begun) / 1_000;
      process.send?.({ type: "sent", readings, sum, refused, seconds } satisfies FromProducer);
    };
    socket.on("message", (data: Buffer, isBinary) => {
      const answer = isBinary ? readTaken(data) : undefined;
      if (answer === undefined) return;
      taken = answer.sequence;
      refused = answer.refused;
      if (rate > 0 || isDone) return;
      if (isOver()) {
        isDone = true;
        void finish();
      } else while (batches - taken < window) send();
    });
    let isDone = false;
    if (rate === 0) for (let i = 0; i < window; i++) send();
    else {
      const pace = (): void => {
        const due = ((sharedNow() - begun) / 1_000) * rate;
        while (readings + batchSignals.length <= due) send();
        if (isOver()) void finish();
        else setTimeout(pace, 1);
      };
      pace();
    }
  });
});
process.on("disconnect", () => process.exit(0));
