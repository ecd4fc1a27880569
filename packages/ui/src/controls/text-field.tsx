import { useId, type ReactElement } from "react";
import { Icon, type IconName } from "../icons.tsx";
import { IconButton } from "./button.tsx";

/** One line of text. `clearLabel` gives it a button to empty it; `problem` is said below and read aloud. */
export function TextField(props: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly onSubmit?: () => void;
  readonly placeholder?: string;
  readonly icon?: IconName;
  readonly clearLabel?: string;
  readonly maxLength?: number;
  readonly kind?: "text" | "search" | "email";
  readonly autoFocus?: boolean;
  readonly hideLabel?: boolean;
  readonly problem?: string;
  readonly disabled?: boolean;
}): ReactElement {
  const id = useId();
  return (
    <div className="ui-field">
      {props.hideLabel === true ? null : <label htmlFor={id}>{props.label}</label>}
      <div className="ui-field-box">
        {props.icon === undefined ? null : <Icon name={props.icon} />}
        <input
          id={id}
          type={props.kind ?? "text"}
          value={props.value}
          maxLength={props.maxLength ?? 120}
          placeholder={props.placeholder}
          aria-label={props.hideLabel === true ? props.label : undefined}
          aria-invalid={props.problem !== undefined}
          aria-describedby={props.problem === undefined ? undefined : `${id}-problem`}
          autoComplete="off"
          spellCheck={false}
          autoFocus={props.autoFocus}
          disabled={props.disabled}
          onChange={(event) => props.onChange(event.currentTarget.value)}
          onKeyDown={(event) => {
            // A Chinese input method confirms its candidate with Enter; that is no submit.
            if (event.key === "Enter" && !event.nativeEvent.isComposing) props.onSubmit?.();
          }}
        />
        {props.clearLabel === undefined || props.value === "" ? null : (
          <IconButton icon="close" label={props.clearLabel} onPress={() => props.onChange("")} />
        )}
      </div>
      {props.problem === undefined ? null : (
        <p className="ui-field-problem" id={`${id}-problem`} role="alert">
          {props.problem}
        </p>
      )}
    </div>
  );
}
