import { useEffect, useEffectEvent, useRef, useSyncExternalStore, type ReactElement, type RefObject } from "react";

/** A value that changes too often for React: read it, or listen. */
export interface Live<T> {
  get(): T;
  /** Calls `listener` after each change until the returned function is called. */
  subscribe(listener: () => void): () => void;
}

/** A live value with its writing end; setting the same value again tells nobody. */
export interface LiveCell<T> extends Live<T> {
  set(value: T): void;
}

/** Makes a live value. */
export function createLive<T>(initial: T): LiveCell<T> {
  let value = initial;
  const listeners = new Set<() => void>(); // one for each mounted reader; each removes its own
  return {
    get: () => value,
    set: (next) => {
      if (Object.is(next, value)) return;
      value = next;
      for (const listener of listeners) listener();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** The value through a React render: only for what changes less than twice a second. */
export function useLive<T>(source: Live<T>): T {
  return useSyncExternalStore(
    (listener) => source.subscribe(listener),
    () => source.get(),
  );
}

/**
 * Writes a fast value straight into an element, at most once a frame, past React: put the returned ref on the element.
 * `apply` must touch only that element.
 */
export function useLiveElement<E extends Element, T>(
  source: Live<T>,
  apply: (element: E, value: T) => void,
): RefObject<E | null> {
  const ref = useRef<E>(null);
  const draw = useEffectEvent(() => {
    if (ref.current !== null) apply(ref.current, source.get());
  });
  useEffect(() => {
    let frame = 0;
    const paint = () => {
      frame = 0;
      draw();
    };
    const stop = source.subscribe(() => {
      if (frame === 0) frame = requestAnimationFrame(paint);
    });
    return () => {
      stop();
      cancelAnimationFrame(frame);
    };
  }, [source]);
  // After every render, since what React renders may have new words or units for the same value.
  useEffect(() => draw());
  return ref;
}

/** Text of a fast value, written past React; unchanged text touches nothing. */
export function LiveText<T>(props: {
  readonly source: Live<T>;
  readonly format: (value: T) => string;
  readonly className?: string;
}): ReactElement {
  const ref = useLiveElement<HTMLSpanElement, T>(props.source, (element, value) => {
    const text = props.format(value);
    if (element.textContent !== text) element.textContent = text;
  });
  return <span ref={ref} className={props.className} />;
}
