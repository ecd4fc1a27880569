import { Agent, get } from "node:http";

/** Somebody who asks over one connection that stays open, one question after the other. */
export class Asker {
  readonly #origin: string;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 });

  constructor(origin: string) {
    this.#origin = origin;
  }

  /** Bytes of the answer; rejects where it is not 200. */
  ask(path: string): Promise<number> {
    return new Promise((resolve, reject) => {
      get(`${this.#origin}${path}`, { agent: this.#agent }, (response) => {
        let bytes = 0;
        response.on("data", (chunk: Buffer) => (bytes += chunk.byteLength));
        response.on("error", reject);
        response.on("end", () => {
          if (response.statusCode === 200) resolve(bytes);
          else reject(new Error(`${response.statusCode} was answered to ${path}`));
        });
      }).on("error", reject);
    });
  }

  /** Milliseconds that each of the questions takes, and bytes of all answers. */
  async times(paths: readonly string[]): Promise<{ readonly times: readonly number[]; readonly bytes: number }> {
    const times: number[] = [];
    let bytes = 0;
    for (const path of paths) {
      const start = performance.now();
      bytes += await this.ask(path);
      times.push(performance.now() - start);
    }
    return { times, bytes };
  }

  stop(): void {
    this.#agent.destroy();
  }
}
