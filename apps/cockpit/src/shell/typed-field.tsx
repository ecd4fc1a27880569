import { TextField, type IconName } from "@caravan/ui";
import { useEffect, useRef, useState, type ReactElement } from "react";
import { Keyboard } from "./keyboard.tsx";

/** A line of text with the keys on the glass; a real keyboard works as well. Never drawn while the car moves. */
export function TypedField(props: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly onSubmit: () => void;
  readonly clearLabel: string;
  readonly maxLength: number;
  readonly icon: IconName;
  readonly hasCapitals?: boolean;
  /** The keys wait until the field is touched: what stands below it is looked at first. */
  readonly keysWait?: boolean;
}): ReactElement {
  const [isTyping, setIsTyping] = useState(props.keysWait !== true);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = box.current?.querySelector("input");
    if (element === null || element === undefined) return;
    // Ours is the keyboard here; the system's would cover half of the map.
    element.inputMode = "none";
    // The sheet takes the focus when it opens; the field has it after that.
    const frame = requestAnimationFrame(() => element.focus({ preventScroll: true }));
    return () => cancelAnimationFrame(frame);
  }, []);
  const ready = () => {
    setIsTyping(false);
    box.current?.querySelector("input")?.blur();
    props.onSubmit();
  };
  const change = (value: string) => props.onChange(value.slice(0, props.maxLength));
  return (
    <div ref={box} onClick={() => setIsTyping(true)}>
      <TextField
        label={props.label}
        placeholder={props.label}
        icon={props.icon}
        value={props.value}
        onChange={change}
        onSubmit={ready}
        clearLabel={props.clearLabel}
        maxLength={props.maxLength}
        hideLabel
      />
      {isTyping ? (
        <Keyboard value={props.value} onChange={change} onReady={ready} hasCapitals={props.hasCapitals === true} />
      ) : null}
    </div>
  );
}
