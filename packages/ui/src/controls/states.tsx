import type { ReactElement } from "react";
import { Icon, type IconName } from "../icons.tsx";
import { Button } from "./button.tsx";

interface StateWords {
  readonly title: string;
  readonly text?: string;
  readonly icon?: IconName;
  readonly action?: { readonly label: string; readonly onPress: () => void };
}

function State(props: StateWords & { readonly kind: "empty" | "error"; readonly mark: IconName }): ReactElement {
  return (
    <div className="ui-state" data-kind={props.kind} role={props.kind === "error" ? "alert" : undefined}>
      <Icon name={props.mark} size="calc(var(--size-icon) * 1.5)" />
      <p className="ui-state-title">{props.title}</p>
      {props.text === undefined ? null : <p className="ui-state-text">{props.text}</p>}
      {props.action === undefined ? null : <Button onPress={props.action.onPress}>{props.action.label}</Button>}
    </div>
  );
}

/** Nothing here yet, and what would bring something. */
export function EmptyState(props: StateWords): ReactElement {
  return <State {...props} kind="empty" mark={props.icon ?? "info"} />;
}

/** What happened, what it means and what to do, in one sentence each. */
export function ErrorState(props: StateWords): ReactElement {
  return <State {...props} kind="error" mark={props.icon ?? "warning"} />;
}

/** The quiet shape of what is still coming; `label` says so to a screen reader. */
export function Skeleton(props: { readonly label: string; readonly rows?: number }): ReactElement {
  return (
    <div className="ui-skeleton" role="status" aria-label={props.label}>
      {Array.from({ length: props.rows ?? 3 }, (_, row) => (
        <div key={row} />
      ))}
    </div>
  );
}
