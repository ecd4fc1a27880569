import type { DriverClock } from "../driver.ts";
import type { FrameOutcome } from "../gate.ts";
import { isoTpDue, quiet, stepIsoTp, usualIsoTp } from "../isotp/isotp.ts";
import type { IsoTp, IsoTpEvent, IsoTpSettings } from "../isotp/isotp.ts";
import { beginAsking, stepAsking } from "./asking.ts";
import type { Asking, AskingEvent, UdsOutcome } from "./asking.ts";
import { requestBytes } from "./services.ts";
import type { UdsRequest } from "./services.ts";

export interface ControlUnitParts {
  /** Writes a frame to the unit, by way of the gate. */
  readonly send: (data: Uint8Array) => Promise<FrameOutcome>;
  readonly clock: DriverClock;
  readonly settings?: IsoTpSettings;
}

/** Frames of the unit that wait to be looked at; a long answer has 585. */
const mostWaiting = 1_024;
/** How long a look lasts where nothing is due. */
const lookMs = 100;

/** Asks one control unit of a car what it tells about itself (UDS over ISO-TP); one question at a time. */
export class ControlUnit {
  readonly #send: (data: Uint8Array) => Promise<FrameOutcome>;
  readonly #clock: DriverClock;
  readonly #settings: IsoTpSettings;
  readonly #waiting: (readonly number[])[] = [];
  #wake: AbortController | undefined;
  #transport: IsoTp = quiet;

  constructor(parts: ControlUnitParts) {
    this.#send = parts.send;
    this.#clock = parts.clock;
    this.#settings = parts.settings ?? usualIsoTp;
  }

  /** The data of a frame that the unit has sent; heard only while a question is open. */
  hear(data: Uint8Array): void {
    if (this.#wake === undefined) return;
    if (this.#waiting.length < mostWaiting) this.#waiting.push([...data]);
    this.#wake.abort();
  }

  /** Resolves with the answer, the unit's no, or why there is neither. */
  async ask(request: UdsRequest, signal: AbortSignal): Promise<UdsOutcome> {
    if (this.#wake !== undefined) return { kind: "failed", why: "another question is open" };
    this.#transport = quiet;
    this.#waiting.length = 0;
    this.#wake = new AbortController();
    try {
      return await this.#converse(beginAsking(request, this.#clock.now()), signal);
    } finally {
      this.#wake = undefined;
    }
  }

  async #converse(begun: Asking, signal: AbortSignal): Promise<UdsOutcome> {
    let asking: Asking | UdsOutcome = begun;
    let events = await this.#move({ kind: "send", message: requestBytes(begun.request) });
    for (;;) {
      for (const event of [...events, { kind: "tick" } as const]) {
        if ("kind" in asking) return asking;
        asking = stepAsking(asking, event, this.#clock.now());
      }
      if ("kind" in asking) return asking;
      if (signal.aborted) return { kind: "failed", why: "told to stop" };
      await this.#rest(signal);
      const frame = this.#waiting.shift();
      events = await this.#move(frame === undefined ? { kind: "tick" } : { kind: "frame", data: frame });
    }
  }

  /** Until a frame waits or something is due. */
  async #rest(signal: AbortSignal): Promise<void> {
    if (this.#waiting.length > 0) return;
    const wake = new AbortController();
    this.#wake = wake;
    const ms = Math.min(lookMs, isoTpDue(this.#transport) - this.#clock.now());
    await this.#clock.sleep(Math.max(1, ms), AbortSignal.any([signal, wake.signal]));
  }

  /** Moves the transport and carries out what it wants; what is of interest to the question comes back. */
  async #move(event: IsoTpEvent): Promise<readonly AskingEvent[]> {
    const [after, effects] = stepIsoTp(this.#transport, event, this.#clock.now(), this.#settings);
    this.#transport = after;
    const events: AskingEvent[] = [];
    for (const effect of effects) {
      switch (effect.kind) {
        case "message":
          events.push({ kind: "message", message: effect.message });
          break;
        case "failed":
          events.push({ kind: "broken", why: effect.why });
          break;
        case "write": {
          const outcome = await this.#send(Uint8Array.from(effect.data));
          if (outcome.kind === "refused") events.push({ kind: "broken", why: `the gate says ${outcome.why}` });
          break;
        }
        case "sent":
          break;
      }
    }
    return events;
  }
}
