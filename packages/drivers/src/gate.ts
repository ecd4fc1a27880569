import type { Signal, SignalValue, Store } from "@caravan/signals";
import type { Asker, Guard, Question, Standing, Verdict } from "./asker.ts";
import type { CanFrame } from "./can/frames.ts";
import type { Refusal } from "./refusal.ts";

/** A movement of the whole car. `Path` is whatever the provider follows; the gate does not look inside. */
export type MotionCommand<Path> =
  | { readonly kind: "drive"; readonly path: Path }
  /** Accelerator 0..1; steering -1..1, left positive. */
  | { readonly kind: "pedals"; readonly accelerator: number; readonly steering: number }
  | { readonly kind: "stop" };

/** What carries out what the gate let through: the simulated body, or the drivers of a real car. */
export interface Provider<Path> {
  /**
   * Starts the actuation; the signal itself answers later. False: nobody in this car does that. A promise: an outside program was told, and
   * says later whether it does it.
   */
  apply(path: string, value: SignalValue): boolean | Promise<boolean>;
  /** Absent where nothing may move the car by command. False: not now. */
  motion?(command: MotionCommand<Path>): boolean;
}

export interface GateParts<Path> {
  readonly store: Pick<Store, "value" | "subscribe">;
  /** The signal behind a path, if this car's catalogue has it. */
  readonly signalAt: (path: string) => Signal | undefined;
  /** Gives the value as the signal takes it; throws when it breaks data type, range or allowed values. */
  readonly check: (signal: Signal, value: unknown) => SignalValue;
  readonly provider: Provider<Path>;
  readonly standing: Standing;
  readonly guard: Guard;
  /** Calls back once after `ms`; the returned function cancels. */
  readonly after: (ms: number, callback: () => void) => () => void;
  /** How long a signal may take to show what was asked; 8 s unless told, the slowest part of a body (a trunk lid) needs 4. */
  readonly answerWithinMs?: number;
}

export type GateOutcome =
  | { readonly kind: "done"; readonly value: SignalValue }
  | { readonly kind: "refused"; readonly why: Refusal };

export type MotionOutcome = { readonly kind: "done" } | { readonly kind: "refused"; readonly why: Refusal };

/** The only door to any actuation, of the simulated body as of a real car. */
export interface Gate<Path> {
  /**
   * Asks one actuator for a value. "done" means that the signal itself showed the value after the car was told; everything else is a
   * refusal with its reason, also silence (`no-answer`) and a newer command for the same signal (`superseded`).
   */
  actuate(path: string, value: unknown, asker: Asker): Promise<GateOutcome>;
  /** What the gate would say now, without doing anything; a provider may still say no. */
  judge(path: string, value: unknown, asker: Asker): Verdict;
  /** Asks the whole car to move. Stopping is asked by nobody's leave: it is always let through. */
  motion(command: MotionCommand<Path>, asker: Asker): MotionOutcome;
}

/** Commands that may wait for their signals at once; more are refused as `busy`. */
const mostWaiting = 64;
const usualAnswerWithinMs = 8_000;

const refused = (why: Refusal) => ({ kind: "refused", why }) as const;

/** Builds the gate. It keeps no state but the commands that still wait for their signals, at most 64 of them. */
export function createGate<Path>(parts: GateParts<Path>): Gate<Path> {
  /** The newest waiting command of each path can be told that a newer one took its place. */
  const waiting = new Map<string, () => void>();

  function verdict(question: Question, asker: Asker): Verdict {
    const standing = parts.standing(question, asker);
    return standing === "allowed" ? parts.guard(question) : standing;
  }

  function judged(path: string, wanted: unknown, asker: Asker): Refusal | { signal: Signal; value: SignalValue } {
    const signal = parts.signalAt(path);
    if (signal === undefined) return "unknown-signal";
    if (signal.kind !== "actuator") return "not-an-actuator";
    let value: SignalValue;
    try {
      value = parts.check(signal, wanted);
    } catch {
      return "bad-value";
    }
    const decided = verdict({ kind: "actuate", path, value }, asker);
    if (decided !== "allowed") return decided;
    return waiting.size >= mostWaiting && !waiting.has(path) ? "busy" : { signal, value };
  }

  function answer(signal: Signal, value: SignalValue, accepted: Promise<boolean> | true): Promise<GateOutcome> {
    return new Promise((resolve) => {
      const finish = (outcome: GateOutcome): void => {
        unsubscribe();
        cancel();
        waiting.delete(signal.path);
        resolve(outcome);
      };
      const look = (): void => {
        if (isSame(parts.store.value(signal), value)) finish({ kind: "done", value });
      };
      const superseded = (): void => finish(refused("superseded"));
      const unsubscribe = parts.store.subscribe([signal], look);
      const cancel = parts.after(parts.answerWithinMs ?? usualAnswerWithinMs, () => finish(refused("no-answer")));
      waiting.set(signal.path, superseded);
      look();
      // What comes after the command ended, or after a newer one took its place, is nobody's answer any more.
      if (accepted !== true)
        void accepted.then((does) => {
          if (!does && waiting.get(signal.path) === superseded) finish(refused("denied"));
        });
    });
  }

  return {
    async actuate(path, wanted, asker) {
      const found = judged(path, wanted, asker);
      if (typeof found === "string") return refused(found);
      const { signal, value } = found;
      const accepted = parts.provider.apply(path, value);
      if (accepted === false) return refused("not-available");
      waiting.get(path)?.();
      return answer(signal, value, accepted);
    },
    judge(path, value, asker) {
      const found = judged(path, value, asker);
      return typeof found === "string" ? found : "allowed";
    },
    motion(command, asker) {
      if (command.kind !== "stop") {
        const decided = verdict({ kind: "motion", motion: command.kind }, asker);
        if (decided !== "allowed") return refused(decided);
      }
      if (parts.provider.motion === undefined) return refused("not-available");
      return parts.provider.motion(command) ? { kind: "done" } : refused("not-drivable");
    },
  };
}

/** Single-precision signals come back rounded, so numbers are compared as such. */
const asSignal = (value: SignalValue | undefined): string | undefined =>
  JSON.stringify(value, (_, part: unknown) => (typeof part === "number" ? Math.fround(part) : part));

const isSame = (a: SignalValue | undefined, b: SignalValue): boolean => asSignal(a) === asSignal(b);

/** What an owner allows onto a bus. Nothing else is ever written, whoever asks. */
export interface ListedFrame {
  readonly bus: string;
  /** 11 or 29 bits. */
  readonly id: number;
  readonly isExtended: boolean;
  /**
   * "any": whatever the data are. "diagnostics": only requests that read, in single frames of ISO-TP: ReadDataByIdentifier, ReadDTCInformation,
   * TesterPresent, the default session, and flow control for their answers.
   */
  readonly data: "any" | "diagnostics";
  readonly mostPerSecond: number;
}

export type FrameRefusal = "not-listed" | "not-reading" | "too-often" | "not-available";

export type FrameOutcome = { readonly kind: "sent" } | { readonly kind: "refused"; readonly why: FrameRefusal };

/** A frame that the gate let through. Nobody else can make one, and nothing else can be written to a bus. */
class Passed {
  readonly #frame: CanFrame;

  constructor(frame: CanFrame) {
    this.#frame = frame;
  }

  frame(): CanFrame {
    return this.#frame;
  }
}
export type PassedFrame = Passed;

/** What puts frames onto one bus. @throws when the bus is gone */
export type BusWriter = (passed: PassedFrame) => Promise<void>;

/** The only door to any bus. */
export interface FrameGate {
  /** Writes a frame if the owner lists it, as often as the owner allows; everything else is refused with its reason. */
  send(bus: string, frame: CanFrame): Promise<FrameOutcome>;
}

/** Builds the door to the buses. With nothing listed, which is the usual case, nothing is ever written. */
export function createFrameGate(parts: {
  readonly listed: readonly ListedFrame[];
  /** The writers of the buses that are open now. */
  readonly writerOf: (bus: string) => BusWriter | undefined;
  readonly clock: { now(): number };
}): FrameGate {
  /** When the frames of the last second were written; as many as the list has entries, each as long as it allows. */
  const written = new Map<ListedFrame, number[]>();

  return {
    async send(bus, frame) {
      const rules = parts.listed.filter(
        (each) => each.bus === bus && each.id === frame.id && each.isExtended === frame.isExtended,
      );
      if (rules.length === 0) return { kind: "refused", why: "not-listed" };
      const rule = rules.find(({ data }) => data === "any" || onlyReads(frame.data));
      if (rule === undefined) return { kind: "refused", why: "not-reading" };
      const now = parts.clock.now();
      const recent = (written.get(rule) ?? []).filter((at) => at > now - 1_000 && at <= now);
      if (recent.length >= rule.mostPerSecond) return { kind: "refused", why: "too-often" };
      const write = parts.writerOf(bus);
      if (write === undefined) return { kind: "refused", why: "not-available" };
      written.set(rule, [...recent, now]);
      await write(new Passed(frame));
      return { kind: "sent" };
    },
  };
}

/** ISO 14229-1: services that change nothing. 0x10 only into the default session, 0x19 and 0x22 with whatever they read. */
function onlyReads(data: Uint8Array): boolean {
  const [control = 0xff, service, subFunction = 0] = data;
  // ISO 15765-2: flow control, which lets an answer go on.
  if (control >> 4 === 3) return true;
  const length = control & 0x0f;
  if (control >> 4 !== 0 || length === 0 || data.length <= length) return false;
  switch (service) {
    case 0x10:
      return length === 2 && (subFunction & 0x7f) === 0x01;
    case 0x19:
      return length >= 2;
    case 0x22:
      return length >= 3 && length % 2 === 1;
    case 0x3e:
      return length === 2 && (subFunction & 0x7f) === 0x00;
    default:
      return false;
  }
}

/** A question to the car's OBD socket that the gate let through; nothing else can be asked there. */
class PassedObd {
  readonly #bytes: readonly number[];

  constructor(bytes: readonly number[]) {
    this.#bytes = bytes;
  }

  bytes(): readonly number[] {
    return this.#bytes;
  }
}
export type PassedQuestion = PassedObd;

/** What somebody who clears trouble codes has to show: they said yes twice, and the car said a moment ago that it stands. */
export interface ClearingLeave {
  readonly wasAskedTwice: boolean;
  readonly stands: boolean;
}

/** SAE J1979: current data, freeze frames, codes stored and pending, facts of the vehicle, permanent codes. */
const readingServices: ReadonlySet<number> = new Set([0x01, 0x02, 0x03, 0x07, 0x09, 0x0a]);
const clearingService = 0x04;

/**
 * The door to the OBD socket, for adapters that put questions into frames themselves. An owner who connects one allows the services that read; to
 * clear codes takes its own leave, and nothing else passes.
 */
export function passQuestion(
  bytes: readonly number[],
  leave?: ClearingLeave,
): PassedQuestion | "not-reading" | "not-confirmed" | "not-standing" {
  const [service = 0] = bytes;
  if (readingServices.has(service)) return new PassedObd(bytes);
  if (service !== clearingService || bytes.length !== 1) return "not-reading";
  if (leave?.wasAskedTwice !== true) return "not-confirmed";
  return leave.stands ? new PassedObd(bytes) : "not-standing";
}
