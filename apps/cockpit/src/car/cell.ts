/** A value that changes too often for React, with its writing end; setting the same value again tells nobody. */
export interface Cell<T> {
  get(): T;
  subscribe(listener: () => void): () => void;
  set(value: T): void;
}

/** Makes a cell; each reader removes its own listener. */
export function createCell<T>(initial: T): Cell<T> {
  let value = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => value,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    set: (next) => {
      if (Object.is(next, value)) return;
      value = next;
      for (const listener of listeners) listener();
    },
  };
}
