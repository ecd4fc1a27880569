import type { Announcement } from "@caravan/link";

/** What is being said, what is said next, and what has been said already. */
export interface VoiceQueue {
  /** Ids rise: nothing up to this one is said again. */
  readonly heard: number;
  readonly speaking: Announcement | undefined;
  readonly waiting: Announcement | undefined;
}

export type VoiceEvent =
  | { readonly kind: "announced"; readonly announcement: Announcement; readonly isMuted: boolean }
  /** The sentence with this id is over, said or not. */
  | { readonly kind: "over"; readonly id: number }
  | { readonly kind: "muted" }
  /** A new line to the car: it may count from one again. */
  | { readonly kind: "new-line" };

export type VoiceEffect = { readonly kind: "speak"; readonly announcement: Announcement } | { readonly kind: "stop" };

export const silent: VoiceQueue = { heard: -1, speaking: undefined, waiting: undefined };

/** What the driver has to know now cuts off what is being said; the rest waits for the end of it. */
const cutsIn = ({ kind }: Announcement): boolean => kind === "manoeuvre" || kind === "reroute" || kind === "arrive";

/** One at a time, each id once, and the newest wins: over what waits always, over what is being said when it cannot wait. */
export function voiceStep(queue: VoiceQueue, event: VoiceEvent): readonly [VoiceQueue, readonly VoiceEffect[]] {
  switch (event.kind) {
    case "announced": {
      const { announcement } = event;
      if (announcement.id <= queue.heard) return [queue, []];
      const heard = announcement.id;
      if (event.isMuted) return [{ ...queue, heard }, []];
      if (queue.speaking !== undefined && !cutsIn(announcement))
        return [{ ...queue, heard, waiting: announcement }, []];
      const speak = { kind: "speak", announcement } as const;
      const next = { heard, speaking: announcement, waiting: undefined };
      return [next, queue.speaking === undefined ? [speak] : [{ kind: "stop" }, speak]];
    }
    case "over": {
      if (queue.speaking?.id !== event.id) return [queue, []];
      const { waiting } = queue;
      const next = { ...queue, speaking: waiting, waiting: undefined };
      return [next, waiting === undefined ? [] : [{ kind: "speak", announcement: waiting }]];
    }
    case "muted":
      return [
        { ...queue, speaking: undefined, waiting: undefined },
        queue.speaking === undefined ? [] : [{ kind: "stop" }],
      ];
    case "new-line":
      return [{ ...queue, heard: silent.heard }, []];
  }
}
