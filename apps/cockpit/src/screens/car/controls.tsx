import { Icon, Slider, Stepper, Toggle, useScreen, type IconName } from "@caravan/ui";
import { useState, type ReactElement } from "react";
import { shownFlag, shownNumber, useActuator } from "../../car/actuator.ts";
import { useSay } from "../../words/words.ts";

/** A switch for a signal that is on or off; nothing where the car has no such signal. */
export function FlagRow(props: {
  readonly path: string;
  readonly label: string;
  readonly icon: IconName;
  readonly on?: string;
  readonly off?: string;
  readonly why?: string | undefined;
}): ReactElement | null {
  const say = useSay();
  const actuator = useActuator(props.path);
  const shown = shownFlag(actuator);
  if (shown === undefined) return null;
  const state = shown ? (props.on ?? say.on) : (props.off ?? say.off);
  return (
    <div data-pending={actuator.asked !== undefined}>
      <Toggle
        icon={props.icon}
        label={props.label}
        detail={actuator.asked === undefined ? (props.why ?? state) : say.waitingForCar}
        checked={shown}
        onChange={actuator.set}
        disabled={props.why !== undefined}
      />
    </div>
  );
}

/** Less and more of a percentage in steps, such as a fan or a seat. */
export function StepRow(props: {
  readonly path: string;
  readonly label: string;
  /** Shorter than `label` where the page already says what it is about. */
  readonly short?: string;
  readonly icon: IconName;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly format: (value: number) => string;
}): ReactElement | null {
  const say = useSay();
  const actuator = useActuator(props.path);
  const shown = shownNumber(actuator);
  if (shown === undefined) return null;
  return (
    <div className="line" data-pending={actuator.asked !== undefined}>
      <Icon name={props.icon} />
      <span className="line-label">{props.short ?? props.label}</span>
      <Stepper
        label={props.label}
        value={Math.round(shown / props.step) * props.step}
        min={props.min}
        max={props.max}
        step={props.step}
        format={props.format}
        onChange={actuator.set}
        lessLabel={`${props.label} −`}
        moreLabel={`${props.label} +`}
      />
      <span className="ui-unseen">{actuator.asked === undefined ? "" : say.waitingForCar}</span>
    </div>
  );
}

/** A percentage that follows the hand and is asked for when the hand leaves it. */
export function PercentSlider(props: {
  readonly path: string;
  readonly label: string;
  readonly icon?: IconName;
  readonly min?: number;
}): ReactElement | null {
  const { formats } = useScreen();
  const actuator = useActuator(props.path);
  const [held, setHeld] = useState<number>();
  const shown = held ?? shownNumber(actuator);
  if (shown === undefined) return null;
  return (
    <div data-pending={actuator.asked !== undefined}>
      <Slider
        label={props.label}
        value={shown}
        min={props.min ?? 0}
        max={100}
        step={5}
        format={(value) => formats.percent(value)}
        onChange={setHeld}
        onCommit={(value) => {
          setHeld(undefined);
          actuator.set(value);
        }}
        {...(props.icon === undefined ? {} : { icon: props.icon })}
      />
    </div>
  );
}
