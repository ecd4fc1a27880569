import { useEffect, useEffectEvent, useState, type ReactElement, type ReactNode } from "react";
import { Icon, type IconName } from "../icons.tsx";

/**
 * A button to be held: for what moves or opens. `onHeld` comes once after `holdMs`; `onHolding` tells when a hand is on it and when it leaves
 * (also when the page is hidden or the pointer is lost), for dead-man signals.
 */
export function HoldButton(props: {
  readonly children: ReactNode;
  readonly icon?: IconName;
  readonly holdMs?: number;
  readonly disabled?: boolean;
  readonly onHeld?: () => void;
  readonly onHolding?: (holding: boolean) => void;
}): ReactElement {
  const holdMs = props.holdMs ?? 800;
  const [holding, setHolding] = useState(false);
  const tellHeld = useEffectEvent(() => props.onHeld?.());
  const tellHolding = useEffectEvent((hand: boolean) => props.onHolding?.(hand));

  useEffect(() => {
    if (!holding) return;
    tellHolding(true);
    const timer = setTimeout(() => tellHeld(), holdMs);
    const release = () => setHolding(false);
    window.addEventListener("blur", release);
    document.addEventListener("visibilitychange", release);
    return () => {
      clearTimeout(timer);
      window.removeEventListener("blur", release);
      document.removeEventListener("visibilitychange", release);
      tellHolding(false);
    };
  }, [holding, holdMs]);

  const press = () => {
    if (props.disabled !== true) setHolding(true);
  };
  const release = () => setHolding(false);
  return (
    <button
      type="button"
      className="ui-button ui-hold"
      data-kind="plain"
      data-holding={holding}
      aria-disabled={props.disabled}
      style={{ "--hold": `${holdMs}ms` }}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        press();
      }}
      onPointerUp={release}
      onPointerCancel={release}
      onLostPointerCapture={release}
      onKeyDown={(event) => {
        if ((event.key === " " || event.key === "Enter") && !event.repeat) press();
      }}
      onKeyUp={release}
      onBlur={release}
      onContextMenu={(event) => event.preventDefault()}
    >
      {props.icon === undefined ? null : <Icon name={props.icon} />}
      <span>{props.children}</span>
    </button>
  );
}
