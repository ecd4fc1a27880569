import { useEffect, useState } from "react";
import { useCar, useCarState } from "../car/context.tsx";
import { browserSpeaker } from "./speaker.ts";
import { Voicebox } from "./voicebox.ts";

/** Speaks what the car announces, as loud as the person has it; draws nothing. */
export function Voice(): null {
  const { store } = useCar();
  const wants = useCarState((state) => state.settings.voice && state.link === "open");
  const volume = useCarState((state) => state.settings.volume);
  const [box] = useState(() => new Voicebox(browserSpeaker(window)));
  useEffect(() => box.set(volume, !wants || volume === 0), [box, volume, wants]);
  useEffect(() => store.announcement.subscribe(() => box.hear(store.announcement.get())), [box, store]);
  useEffect(() => () => box.stop(), [box]);
  return null;
}
