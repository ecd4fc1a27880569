import { useEffect, useEffectEvent, useId, useRef, type ReactElement, type ReactNode } from "react";
import { Icon, type IconName } from "../icons.tsx";
import { Button } from "./button.tsx";

/** A question that waits: modal, keeps the focus, Escape and a tap outside mean `onClose`. */
export function Dialog(props: {
  readonly title: string;
  readonly children: ReactNode;
  readonly actions: ReactNode;
  readonly onClose: () => void;
}): ReactElement {
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      className="ui-dialog"
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        props.onClose();
      }}
      onClick={(event) => {
        if (event.target === event.currentTarget) props.onClose();
      }}
    >
      <div className="ui-dialog-body">
        <h2 id={id}>{props.title}</h2>
        <div className="ui-dialog-text">{props.children}</div>
        <div className="ui-dialog-actions">{props.actions}</div>
      </div>
    </dialog>
  );
}

/** Asks before what cannot be undone; where undo exists, do it at once and show a Toast instead. */
export function Confirm(props: {
  readonly title: string;
  readonly text: string;
  readonly confirmLabel: string;
  readonly cancelLabel: string;
  readonly danger?: boolean;
  readonly onConfirm: () => void;
  readonly onCancel: () => void;
}): ReactElement {
  return (
    <Dialog
      title={props.title}
      onClose={props.onCancel}
      actions={
        <>
          <Button kind="plain" onPress={props.onCancel}>
            {props.cancelLabel}
          </Button>
          <Button kind={props.danger === true ? "danger" : "primary"} onPress={props.onConfirm}>
            {props.confirmLabel}
          </Button>
        </>
      }
    >
      <p>{props.text}</p>
    </Dialog>
  );
}

/** One sentence that goes by itself after `seconds` (6), with a way back. A new `text` starts the time anew. */
export function Toast(props: ToastWords): ReactElement {
  return <ToastFor key={props.text} {...props} />;
}

interface ToastWords {
  readonly text: string;
  readonly onClose: () => void;
  readonly undo?: { readonly label: string; readonly onPress: () => void };
  readonly icon?: IconName;
  readonly tone?: "plain" | "good" | "caution" | "danger";
  readonly seconds?: number;
}

function ToastFor(props: ToastWords): ReactElement {
  const close = useEffectEvent(() => props.onClose());
  const seconds = props.seconds ?? 6;
  useEffect(() => {
    const timer = setTimeout(() => close(), seconds * 1_000);
    return () => clearTimeout(timer);
  }, [seconds]);
  return (
    <div className="ui-toast" role="status" data-tone={props.tone ?? "plain"}>
      {props.icon === undefined ? null : <Icon name={props.icon} />}
      <span>{props.text}</span>
      {props.undo === undefined ? null : (
        <Button kind="quiet" onPress={props.undo.onPress}>
          {props.undo.label}
        </Button>
      )}
    </div>
  );
}
