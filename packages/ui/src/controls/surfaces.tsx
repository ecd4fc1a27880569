import { useEffect, useId, useRef, type ReactElement, type ReactNode } from "react";
import { Icon, type IconName } from "../icons.tsx";
import { IconButton } from "./button.tsx";

/** A piece of paper: over the map or in a page. With `onPress` the whole card is a button. */
export function Card(props: {
  readonly children: ReactNode;
  readonly title?: string;
  readonly icon?: IconName;
  readonly className?: string;
  readonly onPress?: () => void;
  readonly label?: string;
}): ReactElement {
  const id = useId();
  const className = props.className === undefined ? "ui-card" : `ui-card ${props.className}`;
  const inside = (
    <>
      {props.title === undefined ? null : (
        <h2 className="ui-card-title" id={id}>
          {props.icon === undefined ? null : <Icon name={props.icon} size="1.2em" />}
          {props.title}
        </h2>
      )}
      {props.children}
    </>
  );
  if (props.onPress !== undefined) {
    return (
      <button type="button" className={className} aria-label={props.label} onClick={props.onPress}>
        {inside}
      </button>
    );
  }
  return (
    <section
      className={className}
      aria-label={props.label}
      aria-labelledby={props.title === undefined ? undefined : id}
    >
      {inside}
    </section>
  );
}

/** A line of a list; a button when `onPress` is given. `why` says why it is off. */
export function ListRow(props: {
  readonly title: string;
  readonly detail?: string;
  readonly icon?: IconName;
  readonly trailing?: ReactNode;
  readonly onPress?: () => void;
  readonly selected?: boolean;
  readonly disabled?: boolean;
  readonly why?: string;
}): ReactElement {
  const detail = props.disabled === true && props.why !== undefined ? props.why : props.detail;
  const inside = (
    <>
      {props.icon === undefined ? null : <Icon name={props.icon} />}
      <span className="ui-row-words">
        <span className="ui-row-title">{props.title}</span>
        {detail === undefined ? null : <span className="ui-row-detail">{detail}</span>}
      </span>
      {props.trailing === undefined ? null : <span className="ui-row-end">{props.trailing}</span>}
    </>
  );
  if (props.onPress === undefined) return <div className="ui-row">{inside}</div>;
  return (
    <button
      type="button"
      className="ui-row"
      aria-disabled={props.disabled}
      aria-current={props.selected}
      onClick={() => {
        if (props.disabled !== true) props.onPress?.();
      }}
    >
      {inside}
    </button>
  );
}

/**
 * One app over the far side of the map. Closes by its button, Escape, a tap outside (`onClose` from the screen) or a swipe towards its edge.
 * The focus goes into it when it opens, and back when it goes.
 */
export function Sheet(props: {
  readonly title: string;
  readonly closeLabel: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  readonly side?: "left" | "right" | "bottom";
  readonly actions?: ReactNode;
  readonly onBack?: () => void;
  readonly backLabel?: string;
}): ReactElement {
  const id = useId();
  const sheet = useRef<HTMLElement>(null);
  const touch = useRef<{ readonly x: number; readonly y: number } | undefined>(undefined);
  const side = props.side ?? "right";
  useEffect(() => {
    const before = document.activeElement;
    sheet.current?.focus({ preventScroll: true });
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    };
  }, []);
  return (
    <aside
      ref={sheet}
      className="ui-sheet"
      data-side={side}
      role="dialog"
      aria-labelledby={id}
      tabIndex={-1}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        props.onClose();
      }}
      onPointerDown={(event) => {
        const onControl = event.target instanceof Element && event.target.closest("input") !== null;
        touch.current = event.isPrimary && !onControl ? { x: event.clientX, y: event.clientY } : undefined;
      }}
      onPointerCancel={() => {
        touch.current = undefined;
      }}
      onPointerUp={(event) => {
        const start = touch.current;
        touch.current = undefined;
        if (start === undefined || event.pointerType === "mouse") return;
        const x = (event.clientX - start.x) * (side === "left" ? -1 : 1);
        const y = event.clientY - start.y;
        const away = side === "bottom" ? y : x;
        const along = side === "bottom" ? x : y;
        if (away > 120 && away > 2 * Math.abs(along)) props.onClose();
      }}
    >
      <header className="ui-sheet-head">
        {props.onBack === undefined ? null : (
          <IconButton icon="back" label={props.backLabel ?? ""} onPress={props.onBack} />
        )}
        <h2 id={id}>{props.title}</h2>
        {props.actions}
        <IconButton icon="close" label={props.closeLabel} onPress={props.onClose} />
      </header>
      <div className="ui-sheet-body">{props.children}</div>
    </aside>
  );
}
