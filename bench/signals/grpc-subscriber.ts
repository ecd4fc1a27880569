/** Process that hears what is published, decodes every value and checks it against what was sent. */
import { readScalar } from "../../apps/car/src/serve/kuksa/value.ts";
import { timestamp } from "../../apps/car/src/serve/kuksa/messages.ts";
import { Reader, Writer } from "../../apps/car/src/serve/kuksa/wire.ts";
import { dial } from "./grpc-client.ts";
import { batchSignals, valueOf } from "./readings.ts";

const [, , port = "", token = "", kind = ""] = process.argv;
const places = new Map(batchSignals.map(({ slot }, i) => [slot + 1, i]));
let values = 0;
let wrong = 0;
let lastMessage = 0;
let first = 0;
let last = 0;

const request = new Writer();
request.varint(1_000);
request.varint(0x10);
for (const { slot } of batchSignals) {
  request.varint(slot + 1);
  request.varint(0x08);
}
const stream = dial(port, token).subscribe(request.take());

/** Entries of `SubscribeByIdResponse`, or of the provider's own message where the hub only forwards. */
function decode(bytes: Buffer): void {
  const outer = new Reader(bytes);
  if (kind === "pass-through") {
    outer.tag();
    outer.varint();
  }
  let message = 0;
  while (!outer.isAtEnd) {
    outer.tag();
    const end = outer.inner();
    let id = 0;
    let at = 0;
    let value = Number.NaN;
    while (outer.at < end) {
      const tag = outer.tag();
      if (tag === 0x08) id = outer.varint();
      else {
        const pointEnd = outer.inner();
        while (outer.at < pointEnd) {
          const inner = outer.tag();
          const innerEnd = outer.inner();
          if (inner === 0x0a) at = timestamp(outer, innerEnd);
          else value = Number(readScalar(outer, outer.tag() >>> 3));
        }
      }
    }
    message = at;
    // The first message tells what was before the first batch: nothing.
    if (Number.isNaN(value)) return;
    values += 1;
    if (value !== valueOf(at * batchSignals.length + (places.get(id) ?? Number.NaN))) wrong += 1;
  }
  if (message <= lastMessage) wrong += 1;
  lastMessage = message;
  last = performance.now();
  if (first === 0) first = last;
}

let isReady = false;
stream.on("data", (bytes: Buffer) => {
  if (isReady) decode(bytes);
  else {
    isReady = true;
    process.send?.({ type: "ready" });
  }
});
stream.on("error", () => undefined);
process.on("message", () => process.send?.({ type: "heard", values, wrong, seconds: (last - first) / 1_000 }));
process.on("disconnect", () => process.exit(0));
