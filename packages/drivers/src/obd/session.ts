import type { DriverClock } from "../driver.ts";
import { passQuestion } from "../gate.ts";
import type { ClearingLeave, PassedQuestion } from "../gate.ts";
import type { ElmAdapter } from "./elm-adapter.ts";
import { busKindOf, readReply } from "./elm-reply.ts";
import type { BusKind, EcuAnswer, ElmReply } from "./elm-reply.ts";
import { faultServices, readFaults } from "./faults.ts";
import type { Fault } from "./faults.ts";
import { supportedBy } from "./pids.ts";

const clearService = 0x04;
const textWithinMs = 2_000;
/** The first question makes the adapter try every protocol it knows. */
const searchWithinMs = 15_000;
const answerWithinMs = 3_000;
const triesWhenPassing = 3;
const pauseWhenPassingMs = 100;

/** A conversation with a car through an ELM327. It puts no question that the gate does not let through. */
export class ObdSession {
  readonly #adapter: ElmAdapter;
  readonly #clock: DriverClock;
  readonly #signal: AbortSignal;
  #bus: BusKind | undefined;
  #name = "";

  constructor(parts: { adapter: ElmAdapter; clock: DriverClock; signal: AbortSignal }) {
    this.#adapter = parts.adapter;
    this.#clock = parts.clock;
    this.#signal = parts.signal;
  }

  /** What the adapter calls itself; empty where it does not say. */
  get name(): string {
    return this.#name;
  }

  /** Protocol that the car and the adapter have found. */
  get bus(): BusKind | undefined {
    return this.#bus;
  }

  /** Sets the adapter up and finds the car. @throws where there is no ELM327, or it finds no car */
  async begin(): Promise<void> {
    const hello = await this.#text("ATZ");
    if (hello === undefined) throw new Error("There is no ELM327 at the other end: nothing answers ATZ.");
    this.#name = /ELM327[^>]*/i.exec(hello)?.[0].trim() ?? hello.slice(0, 40);
    // Clones know not all of these; what they do not know the reader of answers copes with.
    for (const setting of ["ATE0", "ATL0", "ATS0", "ATH1", "ATAT1", "ATSP0"]) await this.#text(setting);
    // Until a protocol is found, lines cannot be told apart, so this answer is only waited for.
    const found = await this.#adapter.ask("0100", searchWithinMs);
    const reply = readReply(found ?? "", "0100", undefined);
    if (found === undefined || reply.kind === "trouble" || reply.kind === "no-data")
      throw new Error("The adapter finds no car. Is the ignition on?");
    this.#bus = busKindOf((await this.#text("ATDPN")) ?? "") ?? guessBus(found);
    if (this.#bus === undefined) throw new Error("The adapter does not tell which protocol the car speaks.");
  }

  /** Answers of all control units to a question of service 01 or 09; empty where nobody answers. */
  async ask(service: number, pid: number): Promise<readonly EcuAnswer[]> {
    const answers = await this.#send(passed([service, pid]));
    return answers.flatMap(({ ecu, bytes }) =>
      bytes[0] === service + 0x40 && bytes[1] === pid ? [{ ecu, bytes: bytes.subarray(2) }] : [],
    );
  }

  /** Which pids of service 01 the car has. */
  async supported(): Promise<ReadonlySet<number>> {
    const found = new Set<number>();
    for (let first = 0; first <= 0xe0; first += 0x20) {
      const answers = await this.ask(0x01, first);
      for (const { bytes } of answers) for (const pid of supportedBy(first, bytes)) found.add(pid);
      if (!found.has(first + 0x20)) break;
    }
    return found;
  }

  /** The vehicle identification number; undefined where the car does not tell it. */
  async vin(): Promise<string | undefined> {
    const answers = await this.ask(0x09, 0x02);
    for (const { bytes } of answers) {
      const text = String.fromCharCode(...bytes).replace(/[^A-Z0-9]/g, "");
      if (/^[A-HJ-NPR-Z0-9]{17}$/.test(text)) return text;
    }
    return undefined;
  }

  /** All trouble codes, each once for its kind. */
  async faults(): Promise<readonly Fault[]> {
    const found = new Map<string, Fault>();
    for (const { service, kind } of faultServices) {
      for (const { bytes } of await this.#send(passed([service]))) {
        if (bytes[0] !== service + 0x40) continue;
        for (const code of readFaults(bytes.subarray(1), this.#bus !== "serial"))
          found.set(`${kind} ${code}`, { code, kind });
      }
    }
    return [...found.values()];
  }

  /**
   * Clears the trouble codes and what the car has learnt with them. True where a control unit says that it did.
   * @throws where the gate refuses
   */
  async clearFaults(leave: ClearingLeave): Promise<boolean> {
    const answers = await this.#send(passed([clearService], leave));
    return answers.some(({ bytes }) => bytes[0] === clearService + 0x40);
  }

  async #send(question: PassedQuestion): Promise<readonly EcuAnswer[]> {
    const command = question
      .bytes()
      .map((byte) => byte.toString(16).padStart(2, "0").toUpperCase())
      .join("");
    for (let attempt = 1; ; attempt++) {
      const raw = await this.#adapter.ask(command, answerWithinMs);
      const reply: ElmReply = raw === undefined ? { kind: "no-data" } : readReply(raw, command, this.#bus);
      switch (reply.kind) {
        case "answers":
          return reply.answers;
        case "no-data":
        case "text":
        case "unknown-command":
          return [];
        case "trouble":
          if (reply.trouble === "reset") throw new Error(`The adapter was reset (${reply.text}).`);
          if (attempt >= triesWhenPassing) {
            if (reply.trouble === "bus") throw new Error(`The car no longer answers (${reply.text}).`);
            return [];
          }
          await this.#clock.sleep(pauseWhenPassingMs, this.#signal);
      }
    }
  }

  async #text(command: string): Promise<string | undefined> {
    const raw = await this.#adapter.ask(command, textWithinMs);
    if (raw === undefined) return undefined;
    const reply = readReply(raw, command, undefined);
    return reply.kind === "text" ? reply.text : "";
  }
}

/** @throws where the gate refuses, which is a fault of whoever asks */
function passed(bytes: readonly number[], leave?: ClearingLeave): PassedQuestion {
  const question = passQuestion(bytes, leave);
  if (typeof question === "string")
    throw new RangeError(`the gate lets service ${bytes[0] ?? 0} not through: ${question}`);
  return question;
}

/** For clones that do not know `ATDPN`: the form of the answer to `0100` tells its protocol. */
function guessBus(raw: string): BusKind | undefined {
  const lines = raw.split(/[\r\n]+/).map((line) => line.replace(/SEARCHING\.*/, "").replaceAll(" ", ""));
  if (lines.some((line) => /^7[0-9A-F]{2}0[0-9A-F]4100/i.test(line))) return "can11";
  if (lines.some((line) => /^1[0-9A-F]{7}0[0-9A-F]4100/i.test(line))) return "can29";
  return lines.some((line) => /^[0-9A-F]{6}4100/i.test(line)) ? "serial" : undefined;
}
