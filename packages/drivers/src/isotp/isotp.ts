/** How one side of a conversation speaks ISO-TP (ISO 15765-2, normal or extended addressing on classic CAN). */
export interface IsoTpSettings {
  /** Extended addressing: the first byte of what is sent, and of what is heard; normal addressing without. */
  readonly addresses?: { readonly to: number; readonly from: number };
  /** Frames are filled up to eight bytes with this; shorter frames without. */
  readonly padding?: number;
  /** So many frames the other side may send before it waits for the next flow control; 0: all of them. */
  readonly blockSize: number;
  /** What we ask of the other side between two frames, coded as on the bus: 0 to 127 ms. */
  readonly separation: number;
  /** Longer messages are refused; at most 4,095 without the escape of longer ones, which nobody needs here. */
  readonly mostBytes: number;
}

export const usualIsoTp: IsoTpSettings = { padding: 0xcc, blockSize: 0, separation: 0, mostBytes: 4_095 };

type Receiving =
  | { readonly kind: "idle" }
  | {
      readonly kind: "receiving";
      readonly message: readonly number[];
      readonly length: number;
      readonly sequence: number;
      readonly leftInBlock: number;
      readonly deadline: number;
    };

type Sending =
  | { readonly kind: "idle" }
  | {
      readonly kind: "held" | "flowing";
      readonly message: readonly number[];
      readonly sent: number;
      readonly sequence: number;
      readonly leftInBlock: number;
      readonly separationMs: number;
      /** held: until then the other side must answer; flowing: then the next frame goes. */
      readonly deadline: number;
      readonly waits: number;
    };

/** Both directions of a conversation; a message each may be under way at once. */
export interface IsoTp {
  readonly receiving: Receiving;
  readonly sending: Sending;
}

export type IsoTpEvent =
  | { readonly kind: "send"; readonly message: readonly number[] }
  /** The data of a frame from the other side. */
  | { readonly kind: "frame"; readonly data: readonly number[] }
  | { readonly kind: "tick" };

export type IsoTpFailure =
  | "busy"
  | "no length"
  | "too long"
  | "no flow control"
  | "overflow"
  | "too many waits"
  | "bad flow control"
  | "next frame missing"
  | "sequence";

export type IsoTpEffect =
  | { readonly kind: "write"; readonly data: readonly number[] }
  | { readonly kind: "message"; readonly message: readonly number[] }
  | { readonly kind: "sent" }
  | { readonly kind: "failed"; readonly direction: "sending" | "receiving"; readonly why: IsoTpFailure };

/** N_Bs and N_Cr of the standard. */
const answerWithinMs = 1_000;
/** Flow control "wait" so often in a row at most (N_WFTmax). */
const mostWaits = 10;
const frameBytes = 8;
const idle = { kind: "idle" } as const;

export const quiet: IsoTp = { receiving: idle, sending: idle };

type Step = readonly [IsoTp, readonly IsoTpEffect[]];

/** What happens next in a conversation; `now` in ms. Pure: whoever calls writes the frames and comes back with time and answers. */
export function stepIsoTp(state: IsoTp, event: IsoTpEvent, now: number, settings: IsoTpSettings): Step {
  switch (event.kind) {
    case "send":
      return send(state, event.message, now, settings);
    case "tick":
      return tick(state, now, settings);
    case "frame": {
      const { addresses } = settings;
      if (addresses !== undefined && event.data[0] !== addresses.from) return [state, []];
      return hear(state, addresses === undefined ? event.data : event.data.slice(1), now, settings);
    }
  }
}

/** When `tick` has something to do; Infinity while nothing is under way. */
export function isoTpDue({ receiving, sending }: IsoTp): number {
  return Math.min(
    receiving.kind === "idle" ? Infinity : receiving.deadline,
    sending.kind === "idle" ? Infinity : sending.deadline,
  );
}

/** Bytes of a frame behind the address. */
const room = ({ addresses }: IsoTpSettings): number => frameBytes - (addresses === undefined ? 0 : 1);

function frameOf(settings: IsoTpSettings, bytes: readonly number[]): IsoTpEffect {
  const data = settings.addresses === undefined ? [...bytes] : [settings.addresses.to, ...bytes];
  if (settings.padding !== undefined) while (data.length < frameBytes) data.push(settings.padding);
  return { kind: "write", data };
}

const failed = (direction: "sending" | "receiving", why: IsoTpFailure): IsoTpEffect => ({
  kind: "failed",
  direction,
  why,
});

function send(state: IsoTp, message: readonly number[], now: number, settings: IsoTpSettings): Step {
  if (state.sending.kind !== "idle") return [state, [failed("sending", "busy")]];
  if (message.length === 0) return [state, [failed("sending", "no length")]];
  if (message.length > Math.min(settings.mostBytes, 4_095)) return [state, [failed("sending", "too long")]];
  if (message.length < room(settings)) {
    return [state, [frameOf(settings, [message.length, ...message]), { kind: "sent" }]];
  }
  const sent = room(settings) - 2;
  const first = [0x10 | (message.length >> 8), message.length & 0xff, ...message.slice(0, sent)];
  const deadline = now + answerWithinMs;
  return [
    {
      ...state,
      sending: { kind: "held", message, sent, sequence: 1, leftInBlock: 0, separationMs: 0, deadline, waits: 0 },
    },
    [frameOf(settings, first)],
  ];
}

function hear(state: IsoTp, data: readonly number[], now: number, settings: IsoTpSettings): Step {
  const [control] = data;
  if (control === undefined) return [state, []];
  switch (control >> 4) {
    case 0:
      return hearSingle(state, data, settings);
    case 1:
      return hearFirst(state, data, now, settings);
    case 2:
      return hearNext(state, data, now, settings);
    case 3:
      return hearFlow(state, data, now, settings);
    default:
      // Reserved; ISO 15765-2 tells to ignore such frames.
      return [state, []];
  }
}

/** A new message ends one that was still under way; the standard lets the new one win. */
function interrupted({ receiving }: IsoTp): readonly IsoTpEffect[] {
  return receiving.kind === "idle" ? [] : [failed("receiving", "next frame missing")];
}

function hearSingle(state: IsoTp, data: readonly number[], settings: IsoTpSettings): Step {
  const length = (data[0] ?? 0) & 0x0f;
  if (length === 0 || length >= room(settings) || data.length <= length) return [state, []];
  const message = data.slice(1, 1 + length);
  return [{ ...state, receiving: idle }, [...interrupted(state), { kind: "message", message }]];
}

function hearFirst(state: IsoTp, data: readonly number[], now: number, settings: IsoTpSettings): Step {
  const length = (((data[0] ?? 0) & 0x0f) << 8) | (data[1] ?? 0);
  // A first frame is always full; what would fit into a single one is none.
  if (data.length < room(settings) || length < room(settings)) return [state, []];
  if (length > settings.mostBytes) {
    const refusal = frameOf(settings, [0x32, 0, 0]);
    return [{ ...state, receiving: idle }, [...interrupted(state), refusal, failed("receiving", "too long")]];
  }
  return [
    {
      ...state,
      receiving: {
        kind: "receiving",
        message: data.slice(2),
        length,
        sequence: 1,
        leftInBlock: settings.blockSize === 0 ? Infinity : settings.blockSize,
        deadline: now + answerWithinMs,
      },
    },
    [...interrupted(state), clearToSend(settings)],
  ];
}

const clearToSend = (settings: IsoTpSettings): IsoTpEffect =>
  frameOf(settings, [0x30, settings.blockSize, settings.separation]);

function hearNext(state: IsoTp, data: readonly number[], now: number, settings: IsoTpSettings): Step {
  const { receiving } = state;
  if (receiving.kind === "idle") return [state, []];
  if (((data[0] ?? 0) & 0x0f) !== receiving.sequence)
    return [{ ...state, receiving: idle }, [failed("receiving", "sequence")]];
  const missing = receiving.length - receiving.message.length;
  const bytes = data.slice(1, 1 + Math.min(missing, room(settings) - 1));
  if (bytes.length < Math.min(missing, room(settings) - 1))
    return [{ ...state, receiving: idle }, [failed("receiving", "next frame missing")]];
  const message = [...receiving.message, ...bytes];
  if (message.length === receiving.length) return [{ ...state, receiving: idle }, [{ kind: "message", message }]];
  const isBlockOver = receiving.leftInBlock === 1;
  return [
    {
      ...state,
      receiving: {
        ...receiving,
        message,
        sequence: (receiving.sequence + 1) & 0x0f,
        leftInBlock: isBlockOver ? settings.blockSize : receiving.leftInBlock - 1,
        deadline: now + answerWithinMs,
      },
    },
    isBlockOver ? [clearToSend(settings)] : [],
  ];
}

function hearFlow(state: IsoTp, data: readonly number[], now: number, settings: IsoTpSettings): Step {
  const { sending } = state;
  if (sending.kind !== "held") return [state, []];
  const [control = 0, blockSize = 0, separation = 0] = data;
  switch (control & 0x0f) {
    case 0: {
      const flowing: Sending = {
        ...sending,
        kind: "flowing",
        // A block size of 0 means "send everything".
        leftInBlock: blockSize === 0 ? Infinity : blockSize,
        separationMs: separationOf(separation),
        deadline: now,
        waits: 0,
      };
      return tick({ ...state, sending: flowing }, now, settings);
    }
    case 1: {
      const waits = sending.waits + 1;
      if (waits > mostWaits) return [{ ...state, sending: idle }, [failed("sending", "too many waits")]];
      return [{ ...state, sending: { ...sending, waits, deadline: now + answerWithinMs } }, []];
    }
    case 2:
      return [{ ...state, sending: idle }, [failed("sending", "overflow")]];
    default:
      return [{ ...state, sending: idle }, [failed("sending", "bad flow control")]];
  }
}

/** STmin: 0 to 127 ms, or 100 to 900 us, which a clock of milliseconds rounds up; reserved values count as the longest. */
function separationOf(code: number): number {
  if (code <= 0x7f) return code;
  return code >= 0xf1 && code <= 0xf9 ? 1 : 0x7f;
}

function tick(state: IsoTp, now: number, settings: IsoTpSettings): Step {
  const { receiving } = state;
  const isLate = receiving.kind === "receiving" && now > receiving.deadline;
  const here = isLate ? { ...state, receiving: idle } : state;
  const late = isLate ? [failed("receiving", "next frame missing")] : [];
  const [after, effects] = tickSending(here, now, settings);
  return [after, [...late, ...effects]];
}

function tickSending(state: IsoTp, now: number, settings: IsoTpSettings): Step {
  let { sending } = state;
  if (sending.kind === "idle") return [state, []];
  if (sending.kind === "held") {
    if (now <= sending.deadline) return [state, []];
    return [{ ...state, sending: idle }, [failed("sending", "no flow control")]];
  }
  const effects: IsoTpEffect[] = [];
  while (sending.kind === "flowing" && now >= sending.deadline) {
    const bytes = sending.message.slice(sending.sent, sending.sent + room(settings) - 1);
    effects.push(frameOf(settings, [0x20 | sending.sequence, ...bytes]));
    const sent: number = sending.sent + bytes.length;
    if (sent === sending.message.length) return [{ ...state, sending: idle }, [...effects, { kind: "sent" }]];
    const leftInBlock: number = sending.leftInBlock - 1;
    sending = {
      ...sending,
      kind: leftInBlock === 0 ? "held" : "flowing",
      sent,
      sequence: (sending.sequence + 1) & 0x0f,
      leftInBlock,
      deadline: leftInBlock === 0 ? now + answerWithinMs : now + sending.separationMs,
    };
  }
  return [{ ...state, sending }, effects];
}
