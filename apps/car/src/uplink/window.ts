import { batchClasses } from "@caravan/link/campaigns";
import type { BatchClass } from "@caravan/link/campaigns";

/** A batch on its way, not acknowledged yet. */
interface InFlight {
  readonly class: BatchClass;
  readonly boot: number;
  readonly seq: number;
  readonly bytes: number;
}

/** What is on its way between car and cloud: sent in order, acknowledged in order. */
export interface Window {
  readonly inFlight: readonly InFlight[];
  /** Where the next batch to send of each class comes after. */
  readonly sentUpTo: Readonly<Record<BatchClass, { readonly boot: number; readonly seq: number }>>;
  /** Monotonic ms of the last send or ack that moved anything. */
  readonly movedAt: number;
  /** How long without an ack before everything in flight is sent again; doubles each time. */
  readonly patienceMs: number;
}

export type WindowEvent =
  | { readonly kind: "connected"; readonly now: number }
  | { readonly kind: "sent"; readonly batch: InFlight; readonly now: number }
  | {
      readonly kind: "acknowledged";
      readonly class: BatchClass;
      readonly boot: number;
      readonly seq: number;
      readonly now: number;
    }
  | { readonly kind: "looked"; readonly now: number };

const firstPatienceMs = 8_000;
const mostPatienceMs = 64_000;
const mostInFlight = 64;
const mostInFlightBytes = 512 * 1024;

const nothing = { boot: 0, seq: 0 };

export const closedWindow: Window = {
  inFlight: [],
  sentUpTo: { alarm: nothing, state: nothing, trip: nothing, bulk: nothing },
  movedAt: 0,
  patienceMs: firstPatienceMs,
};

/** How many more batches may be sent now. */
export function room(window: Window): number {
  const bytes = window.inFlight.reduce((sum, batch) => sum + batch.bytes, 0);
  return bytes >= mostInFlightBytes ? 0 : mostInFlight - window.inFlight.length;
}

/** What the window is after an event. Going back means sending again from the first batch that was not acknowledged; the cloud drops what it has. */
export function stepWindow(window: Window, event: WindowEvent): Window {
  switch (event.kind) {
    case "connected":
      return { ...closedWindow, movedAt: event.now };
    case "sent": {
      const { class: name, boot, seq } = event.batch;
      const movedAt = window.inFlight.length === 0 ? event.now : window.movedAt;
      const sentUpTo = { ...window.sentUpTo, [name]: { boot, seq } };
      return { ...window, inFlight: [...window.inFlight, event.batch], sentUpTo, movedAt };
    }
    case "acknowledged": {
      const inFlight = window.inFlight.filter(
        (batch) => batch.class !== event.class || batch.boot !== event.boot || batch.seq > event.seq,
      );
      if (inFlight.length === window.inFlight.length) return window;
      return { ...window, inFlight, movedAt: event.now, patienceMs: firstPatienceMs };
    }
    case "looked": {
      if (window.inFlight.length === 0 || event.now - window.movedAt < window.patienceMs) return window;
      return {
        inFlight: [],
        sentUpTo: { ...window.sentUpTo, ...beforeFirst(window) },
        movedAt: event.now,
        patienceMs: Math.min(mostPatienceMs, window.patienceMs * 2),
      };
    }
  }
}

/** For each class with something on its way: the place before the first of it. */
function beforeFirst(window: Window): Partial<Window["sentUpTo"]> {
  const places = batchClasses.flatMap((name) => {
    const first = window.inFlight.find((batch) => batch.class === name);
    return first === undefined ? [] : [[name, { boot: first.boot, seq: first.seq - 1 }]];
  });
  return Object.fromEntries(places);
}
