import { useEffect, useEffectEvent } from "react";

/** What a key of a real keyboard does, by the key's own name. */
export type Shortcuts = Readonly<Record<string, () => void>>;

/** Keys for those who have them; never while somebody writes or a dialog asks. */
export function useShortcuts(shortcuts: Shortcuts): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    const { target } = event;
    if (isWrittenIn(target) || (target instanceof Element && target.closest("dialog") !== null)) return;
    const act = shortcuts[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (act === undefined) return;
    event.preventDefault();
    act();
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => press(event);
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, []);
}

/** A slider takes arrows, not letters. */
const isWrittenIn = (target: EventTarget | null): boolean =>
  target instanceof HTMLInputElement && target.type !== "range";
