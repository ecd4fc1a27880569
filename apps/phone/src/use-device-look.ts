import type { Look } from "@caravan/ui";
import { useSyncExternalStore } from "react";

const dark = matchMedia("(prefers-color-scheme: dark)");

function subscribe(listener: () => void): () => void {
  dark.addEventListener("change", listener);
  return () => dark.removeEventListener("change", listener);
}

/** Night where the device is set to dark. */
export function useDeviceLook(): Look {
  return useSyncExternalStore(subscribe, () => (dark.matches ? "night" : "day"));
}
