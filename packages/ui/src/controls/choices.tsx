import { useId, type KeyboardEvent, type ReactElement } from "react";
import { Icon, type IconName } from "../icons.tsx";

/** A switch with its words; the whole row can be touched. */
export function Toggle(props: {
  readonly label: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly detail?: string;
  readonly icon?: IconName;
  readonly disabled?: boolean;
}): ReactElement {
  return (
    <button
      type="button"
      role="switch"
      className="ui-row ui-toggle"
      aria-checked={props.checked}
      aria-disabled={props.disabled}
      onClick={() => {
        if (props.disabled !== true) props.onChange(!props.checked);
      }}
    >
      {props.icon === undefined ? null : <Icon name={props.icon} />}
      <span className="ui-row-words">
        <span className="ui-row-title">{props.label}</span>
        {props.detail === undefined ? null : <span className="ui-row-detail">{props.detail}</span>}
      </span>
      <span className="ui-toggle-track" aria-hidden="true" />
    </button>
  );
}

/** One of the choices of a Segmented. */
export interface Choice<Value extends string> {
  readonly value: Value;
  readonly label: string;
  readonly icon?: IconName;
}

const arrowStep = (key: string): number => {
  if (key === "ArrowRight" || key === "ArrowDown") return 1;
  if (key === "ArrowLeft" || key === "ArrowUp") return -1;
  return 0;
};

/** One of a few, all in sight; arrow keys move the choice. `value` undefined means none is known. */
export function Segmented<Value extends string>(props: {
  readonly label: string;
  readonly choices: readonly Choice<Value>[];
  readonly value: Value | undefined;
  readonly onChange: (value: Value) => void;
  readonly disabled?: boolean;
  readonly iconsOnly?: boolean;
}): ReactElement {
  const chosen = props.choices.findIndex((choice) => choice.value === props.value);
  const choose = (choice: Choice<Value> | undefined) => {
    if (choice !== undefined && props.disabled !== true) props.onChange(choice.value);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const step = arrowStep(event.key);
    if (step === 0) return;
    event.preventDefault();
    const next = (Math.max(0, chosen) + step + props.choices.length) % props.choices.length;
    choose(props.choices[next]);
    const button = event.currentTarget.children.item(next);
    if (button instanceof HTMLElement) button.focus();
  };
  return (
    <div
      className="ui-segmented"
      role="radiogroup"
      aria-label={props.label}
      aria-disabled={props.disabled}
      onKeyDown={onKeyDown}
    >
      {props.choices.map((choice, index) => (
        <button
          key={choice.value}
          type="button"
          role="radio"
          aria-checked={choice.value === props.value}
          aria-disabled={props.disabled}
          aria-label={props.iconsOnly === true ? choice.label : undefined}
          title={props.iconsOnly === true ? choice.label : undefined}
          tabIndex={index === Math.max(0, chosen) ? 0 : -1}
          onClick={() => choose(choice)}
        >
          {choice.icon === undefined ? null : <Icon name={choice.icon} />}
          {props.iconsOnly === true ? null : <span>{choice.label}</span>}
        </button>
      ))}
    </div>
  );
}

/** A small pill: a fact, or a choice when `onPress` is given. */
export function Chip(props: {
  readonly label: string;
  readonly icon?: IconName;
  readonly tone?: "plain" | "accent" | "good" | "caution" | "danger";
  readonly pressed?: boolean;
  readonly onPress?: () => void;
}): ReactElement {
  const id = useId();
  const inside = (
    <>
      {props.icon === undefined ? null : <Icon name={props.icon} size="1.2em" />}
      <span>{props.label}</span>
    </>
  );
  const tone = props.tone ?? "plain";
  if (props.onPress === undefined) {
    return (
      <span className="ui-chip" data-tone={tone} id={id}>
        {inside}
      </span>
    );
  }
  return (
    <button type="button" className="ui-chip" data-tone={tone} aria-pressed={props.pressed} onClick={props.onPress}>
      {inside}
    </button>
  );
}
