import type { Announcement } from "@caravan/link";
import { expect, test } from "vitest";
import type { Speaker } from "./speaker.ts";
import { Voicebox } from "./voicebox.ts";

function listener() {
  const heard: string[] = [];
  let end: () => void = () => undefined;
  const speaker: Speaker = {
    speak: (announcement, volume, onOver) => {
      heard.push(`${announcement.text} at ${volume}`);
      end = onOver;
    },
    stop: () => heard.push("stop"),
  };
  return { heard, speaker, end: () => end() };
}

const say = (id: number, kind: Announcement["kind"], text: string): Announcement => ({
  id,
  kind,
  text,
  language: "en",
});

test("a sentence is said as loud as the person has it, and the next one after its end", () => {
  const { heard, speaker, end } = listener();
  const box = new Voicebox(speaker);
  box.set(0.4, false);
  box.hear(say(1, "manoeuvre", "Turn left"));
  box.hear(say(2, "traffic", "Queue ahead"));
  expect(heard).toEqual(["Turn left at 0.4"]);
  end();
  expect(heard).toEqual(["Turn left at 0.4", "Queue ahead at 0.4"]);
});

test("with the voice off nothing is said, and turning it off stops what is", () => {
  const { heard, speaker } = listener();
  const box = new Voicebox(speaker);
  box.hear(say(1, "manoeuvre", "before the settings are known"));
  box.set(0.5, false);
  box.hear(say(2, "manoeuvre", "Turn left"));
  box.set(0.5, true);
  box.hear(say(3, "manoeuvre", "Turn right"));
  expect(heard).toEqual(["Turn left at 0.5", "stop"]);
});
