import type { Announcement } from "@caravan/link";
import { silent, voiceStep, type VoiceEvent } from "./queue.ts";
import type { Speaker } from "./speaker.ts";

/** Lets a speaker say what the queue wants said. */
export class Voicebox {
  readonly #speaker: Speaker;
  #queue = silent;
  #volume = 1;
  #isMuted = true;

  constructor(speaker: Speaker) {
    this.#speaker = speaker;
  }

  /** `volume` 0..1; muting stops it at once. */
  set(volume: number, isMuted: boolean): void {
    this.#volume = volume;
    this.#isMuted = isMuted;
    if (isMuted) this.#take({ kind: "muted" });
  }

  /** The newest announcement; undefined on a new line to the car. */
  hear(announcement: Announcement | undefined): void {
    if (announcement === undefined) this.#take({ kind: "new-line" });
    else this.#take({ kind: "announced", announcement, isMuted: this.#isMuted });
  }

  stop(): void {
    this.#take({ kind: "muted" });
  }

  #take(event: VoiceEvent): void {
    const [next, effects] = voiceStep(this.#queue, event);
    this.#queue = next;
    for (const effect of effects) {
      if (effect.kind === "stop") this.#speaker.stop();
      else {
        const { id } = effect.announcement;
        this.#speaker.speak(effect.announcement, this.#volume, () => this.#take({ kind: "over", id }));
      }
    }
  }
}
