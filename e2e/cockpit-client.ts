import { cockpitProtocol } from "@caravan/link";
import type { CockpitMessage } from "@caravan/link";

type Request = { readonly do: string } & Readonly<Record<string, unknown>>;
type Kind = CockpitMessage["type"];
type Heard<K extends Kind> = Extract<CockpitMessage, { type: K }>;

/** Messages kept for whoever asks what was said; older ones are forgotten. */
const mostHeard = 2_000;

/** A screen without a face: asks the car computer what a cockpit may ask, and remembers what it said. */
export class CockpitClient {
  readonly #socket: WebSocket;
  readonly #waiting = new Map<number, { done(result: unknown): void; failed(error: unknown): void }>();
  readonly #latest = new Map<Kind, CockpitMessage>();
  readonly #heard: CockpitMessage[] = [];
  #next = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    // Values come as frames; the stories look at them on the screen.
    socket.addEventListener("message", ({ data }) => {
      if (typeof data === "string") this.#hear(JSON.parse(data) as CockpitMessage);
    });
  }

  static async open(cockpit: string): Promise<CockpitClient> {
    const socket = new WebSocket(`${cockpit.replace("http", "ws")}/cockpit`, cockpitProtocol);
    const client = new CockpitClient(socket);
    await new Promise((resolve, reject) => {
      socket.addEventListener("open", resolve, { once: true });
      socket.addEventListener("error", reject, { once: true });
    });
    return client;
  }

  ask(request: Request): Promise<unknown> {
    const id = this.#next++;
    const answer = new Promise((done, failed) => this.#waiting.set(id, { done, failed }));
    this.#socket.send(JSON.stringify({ id, ...request }));
    return answer;
  }

  /** The last message of a kind. */
  latest<K extends Kind>(kind: K): Heard<K> | undefined {
    return this.#latest.get(kind) as Heard<K> | undefined;
  }

  /** All messages of a kind so far. */
  heard<K extends Kind>(kind: K): readonly Heard<K>[] {
    return this.#heard.filter((message): message is Heard<K> => message.type === kind);
  }

  close(): void {
    this.#socket.close();
  }

  #hear(message: CockpitMessage): void {
    if (message.type === "answer" || message.type === "failed") {
      const waiting = this.#waiting.get(message.id);
      this.#waiting.delete(message.id);
      if (message.type === "answer") waiting?.done(message.result);
      else waiting?.failed(new Error(JSON.stringify(message.error)));
      return;
    }
    this.#latest.set(message.type, message);
    // Places come twenty times a second; the stories ask for the last of those only.
    if (message.type === "pose" || message.type === "texts" || message.type === "rear") return;
    this.#heard.push(message);
    if (this.#heard.length > mostHeard) this.#heard.shift();
  }
}
