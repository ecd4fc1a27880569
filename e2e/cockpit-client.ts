import { cockpitProtocol } from "@caravan/link";

type Request = { readonly do: string } & Readonly<Record<string, unknown>>;
type Message = { readonly type: string; readonly id?: number; readonly result?: unknown; readonly error?: unknown };

/** A screen without a face: asks the car computer what a cockpit may ask. */
export class CockpitClient {
  readonly #socket: WebSocket;
  readonly #waiting = new Map<number, { done(result: unknown): void; failed(error: unknown): void }>();
  #next = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.addEventListener("message", ({ data }) => {
      const message = JSON.parse(String(data)) as Message;
      const waiting = this.#waiting.get(message.id ?? -1);
      if (waiting === undefined) return;
      this.#waiting.delete(message.id ?? -1);
      if (message.type === "answer") waiting.done(message.result);
      else waiting.failed(new Error(JSON.stringify(message.error)));
    });
  }

  static async open(cockpit: string): Promise<CockpitClient> {
    const socket = new WebSocket(`${cockpit.replace("http", "ws")}/cockpit`, cockpitProtocol);
    await new Promise((resolve, reject) => {
      socket.addEventListener("open", resolve, { once: true });
      socket.addEventListener("error", reject, { once: true });
    });
    return new CockpitClient(socket);
  }

  ask(request: Request): Promise<unknown> {
    const id = this.#next++;
    const answer = new Promise((done, failed) => this.#waiting.set(id, { done, failed }));
    this.#socket.send(JSON.stringify({ id, ...request }));
    return answer;
  }

  close(): void {
    this.#socket.close();
  }
}
