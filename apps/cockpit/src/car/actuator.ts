import { useRef, useState } from "react";
import type { SignalValue } from "@caravan/link";
import { useNotices } from "../shell/notices.tsx";
import { errorSentence, whySentence } from "../words/why.ts";
import { useSay } from "../words/words.ts";
import { useCar, useSignal } from "./context.tsx";

type Settable = number | boolean | string;

/** One thing of the car that can be moved: what it is, what was asked, and the asking. */
export interface Actuator {
  /** The signal's own value; undefined means that this car does not have it. */
  readonly value: SignalValue | undefined;
  /** What was asked last and is not answered yet. */
  readonly asked: Settable | undefined;
  readonly set: (value: Settable) => void;
}

/** Sends `actuate` and says in a sentence when the car refuses. The newest wish wins: older answers are not shown. */
export function useActuator(path: string): Actuator {
  const car = useCar();
  const say = useSay();
  const notify = useNotices();
  const value = useSignal(path);
  const [asked, setAsked] = useState<Settable>();
  const wishes = useRef(0);
  const set = (wanted: Settable) => {
    wishes.current += 1;
    const wish = wishes.current;
    setAsked(wanted);
    void car.actuate(path, wanted).then((answer) => {
      if (wish !== wishes.current) return;
      setAsked(undefined);
      if (answer.kind === "failed") notify({ text: errorSentence(say, answer), tone: "caution" });
      else if (answer.value.kind === "refused" && answer.value.why !== "superseded") {
        notify({ text: whySentence(say, answer.value.why), tone: "caution" });
      }
    });
  };
  return { value, asked, set };
}

/** What a control shows: the wish while it is on its way, then the signal. */
export function shownNumber({ asked, value }: Actuator): number | undefined {
  const shown = asked ?? value;
  return typeof shown === "number" ? shown : undefined;
}
export function shownFlag({ asked, value }: Actuator): boolean | undefined {
  const shown = asked ?? value;
  return typeof shown === "boolean" ? shown : undefined;
}
export function shownText({ asked, value }: Actuator): string | undefined {
  const shown = asked ?? value;
  return typeof shown === "string" ? shown : undefined;
}
