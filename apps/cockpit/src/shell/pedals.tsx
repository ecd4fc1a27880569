import { HoldButton, IconButton, Segmented } from "@caravan/ui";
import { useEffect, useEffectEvent, useId, useState, type ReactElement } from "react";
import { shownNumber, useActuator } from "../car/actuator.ts";
import { useCar } from "../car/context.tsx";
import { gearLetter, gears, paths, type Gear } from "../paths.ts";
import { errorSentence } from "../words/why.ts";
import { useSay } from "../words/words.ts";
import { useNotices } from "./notices.tsx";

/** Ten a second: the car brakes when it hears nothing for three tenths. */
const everyMs = 100;
/** Gentle: enough to creep, little enough to stop by letting go. */
const accelerator = 0.3;

/** The four places of the selector; the letters are the same in every language. */
export const gearChoices: readonly { readonly value: Gear; readonly label: string }[] = [
  { value: "P", label: "P" },
  { value: "R", label: "R" },
  { value: "N", label: "N" },
  { value: "D", label: "D" },
];

/** Drives the simulated car by hand: hold to move, let go to brake, steer with the slider. */
export function Pedals(props: { readonly onClose: (() => void) | undefined }): ReactElement {
  const say = useSay();
  const car = useCar();
  const notify = useNotices();
  const gear = useActuator(paths.gear);
  const [isHeld, setIsHeld] = useState(false);
  const [steering, setSteering] = useState(0);
  const [isSteering, setIsSteering] = useState(false);
  const id = useId();
  const isActive = isHeld || isSteering;
  const press = useEffectEvent(async () => {
    // The slider's right is positive, the car's left is.
    const answer = await car.pedals(isHeld ? accelerator : 0, steering === 0 ? 0 : -steering);
    return answer.kind === "ok" ? undefined : answer;
  });

  useEffect(() => {
    if (!isActive) return;
    let hasTold = false;
    const beat = () => {
      void press().then((failure) => {
        if (failure === undefined || hasTold) return;
        hasTold = true;
        notify({ text: errorSentence(say, failure), tone: "caution" });
      });
    };
    beat();
    const timer = setInterval(beat, everyMs);
    return () => clearInterval(timer);
  }, [isActive, notify, say]);

  return (
    <section className="card pedals" aria-label={say.handDrive}>
      <div className="pedals-gear">
        <Segmented
          label={say.gearSelector}
          choices={gearChoices}
          value={gearLetter(shownNumber(gear))}
          onChange={(letter) => gear.set(gears[letter])}
        />
        {props.onClose === undefined ? null : <IconButton icon="close" label={say.close} onPress={props.onClose} />}
      </div>
      <div className="pedals-steer">
        <label htmlFor={id} className="ui-unseen">
          {say.steering}
        </label>
        <input
          id={id}
          type="range"
          min={-1}
          max={1}
          step={0.02}
          value={steering}
          onChange={(event) => setSteering(Number(event.currentTarget.value))}
          onPointerDown={() => setIsSteering(true)}
          onPointerUp={() => setIsSteering(false)}
          onPointerCancel={() => setIsSteering(false)}
          onKeyDown={() => setIsSteering(true)}
          onKeyUp={() => setIsSteering(false)}
          onBlur={() => setIsSteering(false)}
          onDoubleClick={() => setSteering(0)}
        />
      </div>
      <HoldButton icon="steering" onHolding={setIsHeld} holdMs={300}>
        {isHeld ? say.released : say.holdToMove}
      </HoldButton>
    </section>
  );
}
