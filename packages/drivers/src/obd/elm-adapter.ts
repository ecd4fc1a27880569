import type { ByteLink } from "../byte-link/byte-link.ts";
import type { DriverClock } from "../driver.ts";

/** More than any answer; an adapter that talks on without a prompt is told to stop. */
const longestReply = 8_192;
const promptWithinMs = 1_000;
const prompt = 0x3e;

/** An ELM327 at the other end of a link: one question at a time, each answered up to its prompt. */
export class ElmAdapter {
  readonly #link: ByteLink;
  readonly #clock: DriverClock;
  #text = "";
  /** Whoever waits for the prompt; undefined: nobody asked. */
  #waiting: ((reply: string) => void) | undefined;
  #end: Error | undefined;
  readonly #reading: Promise<void>;

  constructor(parts: { link: ByteLink; clock: DriverClock }) {
    this.#link = parts.link;
    this.#clock = parts.clock;
    this.#reading = this.#read();
  }

  /**
   * Sends one command and gives what came before the prompt; undefined where none came in time. The adapter is then brought back to its prompt,
   * so that a late answer is never taken for that of the next question.
   * @throws where the link is lost
   */
  async ask(command: string, withinMs: number): Promise<string | undefined> {
    const reply = await this.#exchange(`${command}\r`, withinMs);
    if (reply !== undefined) return reply;
    // Any character stops what it does; a bare return asks for nothing.
    if ((await this.#exchange("\r", promptWithinMs)) === undefined) throw new Error("The adapter no longer answers.");
    return undefined;
  }

  async close(): Promise<void> {
    this.#link.close();
    await this.#reading;
  }

  async #exchange(text: string, withinMs: number): Promise<string | undefined> {
    if (this.#end !== undefined) throw this.#end;
    const abort = new AbortController();
    this.#text = "";
    const answered = new Promise<string>((resolve) => (this.#waiting = resolve));
    await this.#link.write(Uint8Array.from(text, (letter) => letter.charCodeAt(0)));
    const late = this.#clock.sleep(withinMs, abort.signal).then(() => undefined);
    const reply = await Promise.race([answered, late]);
    abort.abort();
    this.#waiting = undefined;
    if (this.#end !== undefined) throw this.#end;
    return reply;
  }

  async #read(): Promise<void> {
    try {
      for await (const piece of this.#link.received) for (const byte of piece) this.#take(byte);
      this.#end = new Error("The adapter has closed the connection.");
    } catch (error) {
      this.#end = error instanceof Error ? error : new Error(String(error));
    }
    this.#waiting?.("");
  }

  #take(byte: number): void {
    if (byte === prompt) {
      this.#waiting?.(this.#text);
      this.#waiting = undefined;
      this.#text = "";
      // The data sheet tells readers to pass over zero bytes, which the chip sends now and then.
    } else if (byte !== 0 && this.#text.length < longestReply) this.#text += String.fromCharCode(byte & 0x7f);
  }
}
