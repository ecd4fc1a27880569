/** Process that publishes batches of 101 values as fast as its stream takes them, for so many seconds. */
import { Writer } from "../../apps/car/src/serve/kuksa/wire.ts";
import { writeDatapoint } from "../../apps/car/src/serve/kuksa/value.ts";
import { dial } from "./grpc-client.ts";
import { batchSignals, valueOf } from "./readings.ts";

const [, , port = "", token = "", seconds = "1"] = process.argv;
const stream = dial(port, token).provide();
const writer = new Writer(16_384);
const begun = performance.now();
let messages = 0;
let errors = 0;

/** `OpenProviderStreamRequest` with `PublishValuesRequest`; the time of each value is the number of its message. */
function next(): Buffer {
  messages += 1;
  for (let i = batchSignals.length - 1; i >= 0; i--) {
    const before = writer.length;
    writeDatapoint(writer, messages, 17, valueOf(messages * batchSignals.length + i));
    writer.close(0x12, writer.length - before);
    writer.varint((batchSignals[i]?.slot ?? 0) + 1);
    writer.varint(0x08);
    writer.close(0x12, writer.length - before);
  }
  writer.close(0x12, writer.length);
  return writer.take();
}

function pump(): void {
  for (;;) {
    if (performance.now() - begun > Number(seconds) * 1_000) {
      stream.end();
      return;
    }
    if (!stream.write(next())) break;
  }
  stream.once("drain", pump);
}

stream.on("data", () => (errors += 1));
stream.on("end", () => process.send?.({ type: "sent", messages, errors }));
process.on("disconnect", () => process.exit(0));
pump();
