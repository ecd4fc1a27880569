import { useEffect, useState } from "react";

/** What `load` brings, undefined while it is under way, and a way to ask again. Answers of an older `load` are dropped; keep its identity stable. */
export function useLoaded<T>(load: () => Promise<T>): readonly [T | undefined, () => void] {
  const [loaded, setLoaded] = useState<{ readonly by: () => Promise<T>; readonly value: T }>();
  useEffect(() => {
    let isGone = false;
    void load().then((value) => {
      if (!isGone) setLoaded({ by: load, value });
    });
    return () => {
      isGone = true;
    };
  }, [load]);
  const again = () => {
    setLoaded(undefined);
    void load().then((value) => setLoaded({ by: load, value }));
  };
  return [loaded?.by === load ? loaded.value : undefined, again];
}
