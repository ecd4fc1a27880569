import { createServer } from "node:net";
import type { Socket } from "node:net";
import { parseArgs } from "node:util";
import { SimulatedElm, simulatedCar } from "../src/obd/simulated-elm.ts";

/** `npm run driver:elm327 [-- --port N]`: a simulated ELM327 on a TCP port, in a simulated car that drives up and down a street. */
const { values } = parseArgs({ options: { port: { type: "string", default: "35000" } } });
const port = Number(values.port);
if (!Number.isInteger(port) || port < 1 || port > 65_535) {
  console.error(`--port is a whole number from 1 to 65535, not "${values.port}".`);
  process.exit(2);
}

const begun = Date.now();
const idleRpm = 850;
let faults: readonly string[] = ["P0301"];

const standsSeconds = 15;
const drivesSeconds = 30;

/** It stands for a while, then drives up to 72 km/h and down again. */
function figures() {
  const seconds = (Date.now() - begun) / 1_000;
  const driven = Math.max(0, (seconds % (standsSeconds + drivesSeconds)) - standsSeconds);
  const speed = Math.round(36 - 36 * Math.cos((driven / drivesSeconds) * 2 * Math.PI));
  return {
    speed,
    rpm: idleRpm + speed * 30,
    coolant: Math.min(90, 20 + Math.round(seconds / 5)),
    fuelPercent: Math.max(5, 80 - Math.floor(seconds / 60)),
    faults,
    vin: "1CARAVAN00SAMPLE7",
  };
}

/** What the chip takes for an answer of the bus. */
const answerMs = 15;

function serve(socket: Socket): void {
  const elm = new SimulatedElm(simulatedCar(figures, () => (faults = [])));
  socket.setNoDelay(true);
  socket.on("data", (data: Buffer) => {
    const answer = elm.take(data);
    if (answer.length > 0) setTimeout(() => socket.writable && socket.write(answer), answerMs);
  });
  socket.on("error", () => socket.destroy());
}

const server = createServer(serve);
server.on("error", (error) => {
  console.error(`Port ${port} cannot be used: ${error.message}`);
  process.exit(1);
});
server.listen(port, "localhost", () => {
  console.log(`A simulated ELM327 waits at tcp:localhost:${port}. In another window:
  npm start -- --obd tcp:localhost:${port}
  npm run driver:faults tcp:localhost:${port}
Ctrl-C pulls it out.`);
});
