import type { Announcement } from "@caravan/link";

/** Says sentences aloud, one at a time. */
export interface Speaker {
  /** `onOver` is called once: when it was said, or could not be. `volume` 0..1. */
  speak(announcement: Announcement, volume: number, onOver: () => void): void;
  stop(): void;
}

/** A car that could not speak is not asked again for so long. */
const carRestsMs = 60_000;
/** A sentence that has not ended by then never will: some browsers forget to say so. */
const longestMs = 20_000;

/** A voice of this machine for a language; one that needs no network before one that does. */
export function voiceFor(
  voices: readonly SpeechSynthesisVoice[],
  language: Announcement["language"],
): SpeechSynthesisVoice | undefined {
  const [family] = language.toLowerCase().split("-");
  const tagOf = (voice: SpeechSynthesisVoice): string => voice.lang.toLowerCase().replace("_", "-");
  const fitting = voices.filter((voice) => tagOf(voice).split("-")[0] === family);
  const rank = (voice: SpeechSynthesisVoice): number =>
    Number(voice.localService) * 2 + Number(tagOf(voice) === language.toLowerCase());
  return fitting.toSorted((a, b) => rank(b) - rank(a))[0];
}

/** Where the car speaks a sentence itself. */
export const voiceAddress = ({ language, text }: Pick<Announcement, "language" | "text">): string =>
  `/voice?${new URLSearchParams({ language, text }).toString()}`;

/** The browser's own voice where it has one of the language, else the car's; silent where there is neither. */
export function browserSpeaker(page: Pick<Window, "speechSynthesis" | "performance">): Speaker {
  const synthesis: SpeechSynthesis | undefined = "speechSynthesis" in page ? page.speechSynthesis : undefined;
  let audio: HTMLAudioElement | undefined;
  let carRestsUntil = 0;
  let forget: () => void = () => undefined;
  const stop = () => {
    forget();
    forget = () => undefined;
    synthesis?.cancel();
    audio?.pause();
    audio = undefined;
  };
  return {
    stop,
    speak: (announcement, volume, onOver) => {
      stop();
      let isOver = false;
      const end = () => {
        if (isOver) return;
        isOver = true;
        clearTimeout(timer);
        onOver();
      };
      const timer = setTimeout(end, longestMs);
      forget = () => {
        isOver = true;
        clearTimeout(timer);
      };
      const voice = voiceFor(synthesis?.getVoices() ?? [], announcement.language);
      if (synthesis !== undefined && voice !== undefined) {
        const words = new SpeechSynthesisUtterance(announcement.text);
        words.voice = voice;
        words.lang = voice.lang;
        words.volume = volume;
        words.addEventListener("end", end);
        words.addEventListener("error", end);
        synthesis.speak(words);
        return;
      }
      if (page.performance.now() < carRestsUntil) {
        end();
        return;
      }
      audio = new Audio(voiceAddress(announcement));
      audio.volume = volume;
      audio.addEventListener("ended", end);
      // No program to speak with, or a page that was never touched: the words are on the screen all the same.
      audio.addEventListener("error", () => {
        carRestsUntil = page.performance.now() + carRestsMs;
        end();
      });
      audio.play().catch(end);
    },
  };
}
