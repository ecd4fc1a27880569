import { useSyncExternalStore } from "react";
import type { Look } from "../tokens.ts";

const isDark = "(prefers-color-scheme: dark)";

function subscribe(listener: () => void): () => void {
  const dark = matchMedia(isDark);
  dark.addEventListener("change", listener);
  return () => dark.removeEventListener("change", listener);
}

/** Night where the device is set to dark. */
export function useDeviceLook(): Look {
  return useSyncExternalStore(subscribe, () => (matchMedia(isDark).matches ? "night" : "day"));
}
