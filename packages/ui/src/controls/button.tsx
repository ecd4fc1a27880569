import type { ReactElement, ReactNode } from "react";
import { Icon, type IconName } from "../icons.tsx";

/** `primary` once a screen, `plain` for the rest, `quiet` without ground, `danger` for what cannot be taken back. */
export type ButtonKind = "primary" | "plain" | "quiet" | "danger";

/** A button with words. `why` tells in one short sentence why it is disabled; it is then still read and focused, but does nothing. */
export function Button(props: {
  readonly children: ReactNode;
  readonly onPress: () => void;
  readonly kind?: ButtonKind;
  readonly icon?: IconName;
  readonly disabled?: boolean;
  readonly why?: string;
  readonly busy?: boolean;
  readonly wide?: boolean;
  readonly submit?: boolean;
}): ReactElement {
  const off = props.disabled === true || props.busy === true;
  return (
    <button
      type={props.submit === true ? "submit" : "button"}
      className="ui-button"
      data-kind={props.kind ?? "plain"}
      data-wide={props.wide}
      aria-disabled={off}
      aria-busy={props.busy}
      title={off ? props.why : undefined}
      onClick={(event) => {
        if (off) event.preventDefault();
        else props.onPress();
      }}
    >
      {props.icon === undefined ? null : <Icon name={props.icon} />}
      <span>{props.children}</span>
    </button>
  );
}

/** A button that is only a sign; `label` is its name for those who cannot see it. `pressed` makes it a switch. */
export function IconButton(props: {
  readonly icon: IconName;
  readonly label: string;
  readonly onPress: () => void;
  readonly kind?: ButtonKind | "over-map";
  readonly pressed?: boolean;
  readonly disabled?: boolean;
}): ReactElement {
  return (
    <button
      type="button"
      className="ui-icon-button"
      data-kind={props.kind ?? "quiet"}
      aria-label={props.label}
      title={props.label}
      aria-pressed={props.pressed}
      aria-disabled={props.disabled}
      onClick={() => {
        if (props.disabled !== true) props.onPress();
      }}
    >
      <Icon name={props.icon} />
    </button>
  );
}
