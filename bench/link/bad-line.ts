import { createServer, connect } from "node:net";
import type { Server, Socket } from "node:net";

interface Pair {
  readonly car: Socket;
  readonly cloud: Socket;
  isHeld: boolean;
}

/** A line between cars and their cloud that can be cut and held up. It knows nothing of what passes. */
export class BadLine {
  readonly #pairs = new Set<Pair>(); // one for each connection; gone with it
  readonly #server: Server;
  readonly #target: number;
  /** Bytes that have passed, as TCP carries them: TLS and all within it. */
  bytes = 0;

  constructor(target: number) {
    this.#target = target;
    this.#server = createServer((car) => this.#join(car));
  }

  async start(): Promise<number> {
    await new Promise<void>((resolve) => {
      this.#server.listen(0, "127.0.0.1", resolve);
    });
    const address = this.#server.address();
    if (typeof address !== "object" || address === null) throw new Error("it listens on a port");
    return address.port;
  }

  stop(): void {
    this.#server.close();
    for (const { car, cloud } of this.#pairs) {
      car.destroy();
      cloud.destroy();
    }
  }

  /** Cuts one connection, chosen by a number from 0 to 1, without a goodbye; answers whether there was one. */
  cut(which: number): boolean {
    const pair = this.#choose(which);
    pair?.car.resetAndDestroy();
    pair?.cloud.resetAndDestroy();
    return pair !== undefined;
  }

  /** Lets nothing pass on one connection for some time; answers whether there was one. */
  hold(which: number, ms: number): boolean {
    const pair = this.#choose(which);
    if (pair === undefined) return false;
    pair.isHeld = true;
    pair.car.pause();
    pair.cloud.pause();
    setTimeout(() => {
      pair.isHeld = false;
      pair.car.resume();
      pair.cloud.resume();
    }, ms);
    return true;
  }

  #choose(which: number): Pair | undefined {
    const pairs = [...this.#pairs].filter(({ isHeld }) => !isHeld);
    return pairs[Math.floor(which * pairs.length)];
  }

  #join(car: Socket): void {
    const cloud = connect(this.#target, "127.0.0.1");
    const pair = { car, cloud, isHeld: false };
    this.#pairs.add(pair);
    const end = () => {
      this.#pairs.delete(pair);
      car.destroy();
      cloud.destroy();
    };
    for (const socket of [car, cloud]) {
      socket.on("error", end);
      socket.on("close", end);
    }
    const pass = (to: Socket) => (bytes: Uint8Array) => {
      this.bytes += bytes.length;
      to.write(bytes);
    };
    car.on("data", pass(cloud));
    cloud.on("data", pass(car));
  }
}
