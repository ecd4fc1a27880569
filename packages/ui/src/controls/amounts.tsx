import { useId, type CSSProperties, type ReactElement } from "react";
import { Icon, type IconName } from "../icons.tsx";

const clamp = (value: number, min: number, max: number): number => Math.min(max, Math.max(min, value));

// Steps like 0.5 must not add up to 20.499999.
const snap = (value: number, min: number, step: number): number =>
  Number((min + Math.round((value - min) / step) * step).toFixed(6));

/** A figure with less and more beside it; `value` undefined is drawn as a dash and cannot be changed. */
export function Stepper(props: {
  readonly label: string;
  readonly value: number | undefined;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly format: (value: number) => string;
  readonly onChange: (value: number) => void;
  readonly lessLabel: string;
  readonly moreLabel: string;
  readonly disabled?: boolean;
}): ReactElement {
  const { value, min, max, step } = props;
  const off = props.disabled === true || value === undefined;
  const change = (direction: number) => {
    if (off) return;
    const next = clamp(snap(value + direction * step, min, step), min, max);
    if (next !== value) props.onChange(next);
  };
  return (
    <div className="ui-stepper" role="group" aria-label={props.label}>
      <button type="button" aria-label={props.lessLabel} aria-disabled={off || value <= min} onClick={() => change(-1)}>
        <Icon name="minus" />
      </button>
      <output className="ui-figure" aria-live="polite">
        {value === undefined ? "–" : props.format(value)}
      </output>
      <button type="button" aria-label={props.moreLabel} aria-disabled={off || value >= max} onClick={() => change(1)}>
        <Icon name="plus" />
      </button>
    </div>
  );
}

/** A slider over its whole height and width. `onChange` while moving, `onCommit` once the hand leaves it. */
export function Slider(props: {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly format: (value: number) => string;
  readonly onChange: (value: number) => void;
  readonly onCommit?: (value: number) => void;
  readonly icon?: IconName;
  readonly disabled?: boolean;
  readonly hideLabel?: boolean;
}): ReactElement {
  const id = useId();
  const share = (props.value - props.min) / (props.max - props.min || 1);
  const style: CSSProperties = { "--share": clamp(share, 0, 1) };
  const commit = (text: string) => props.onCommit?.(Number(text));
  return (
    <div className="ui-slider" aria-disabled={props.disabled}>
      {props.hideLabel === true ? null : (
        <div className="ui-slider-words">
          <label htmlFor={id}>{props.label}</label>
          <output className="ui-figure" htmlFor={id}>
            {props.format(props.value)}
          </output>
        </div>
      )}
      <div className="ui-slider-track" style={style}>
        {props.icon === undefined ? null : <Icon name={props.icon} />}
        <input
          id={id}
          type="range"
          min={props.min}
          max={props.max}
          step={props.step}
          value={props.value}
          disabled={props.disabled}
          aria-label={props.hideLabel === true ? props.label : undefined}
          aria-valuetext={props.format(props.value)}
          onChange={(event) => props.onChange(Number(event.currentTarget.value))}
          onPointerUp={(event) => commit(event.currentTarget.value)}
          onKeyUp={(event) => commit(event.currentTarget.value)}
        />
      </div>
    </div>
  );
}
