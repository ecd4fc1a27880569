import type { MapCity } from "@caravan/ui";
import { useCallback, useEffect, useState } from "react";
import { isRecord } from "../../car/message.ts";

/** What the car says of its map, and whether there is one at all. */
export type MapInfoState =
  | { readonly kind: "loading" }
  | { readonly kind: "ready"; readonly info: MapCity & { readonly name: string } }
  | { readonly kind: "missing" };

const isMapInfo = (value: unknown): value is MapCity & { readonly name: string } =>
  isRecord(value) &&
  typeof value["version"] === "string" &&
  typeof value["tiles"] === "string" &&
  typeof value["name"] === "string" &&
  typeof value["attribution"] === "string" &&
  Array.isArray(value["bounds"]) &&
  Array.isArray(value["centre"]);

const retryMs = 4_000;

async function askForMap(signal: AbortSignal, cache: RequestCache): Promise<MapInfoState> {
  try {
    const reply = await fetch("/map", { signal, cache });
    const value: unknown = reply.ok ? await reply.json() : undefined;
    return isMapInfo(value) ? { kind: "ready", info: value } : { kind: "missing" };
  } catch {
    return { kind: "missing" };
  }
}

/** Asks the car for its map while there is a line to it, again every few seconds while there is none; a car that came back may have another. */
export function useMapInfo(isOpen: boolean): { readonly state: MapInfoState; readonly retry: () => void } {
  const [state, setState] = useState<MapInfoState>({ kind: "loading" });
  const [round, setRound] = useState(0);
  useEffect(() => {
    if (!isOpen) return;
    const stop = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = async () => {
      const next = await askForMap(stop.signal, round === 0 ? "no-cache" : "reload");
      if (stop.signal.aborted) return;
      setState((now) => {
        if (now.kind === "ready" && (next.kind !== "ready" || next.info.version === now.info.version)) return now;
        return next;
      });
      if (next.kind === "missing") timer = setTimeout(() => void ask(), retryMs);
    };
    void ask();
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, [isOpen, round]);
  const retry = useCallback(() => {
    setState((now) => (now.kind === "missing" ? { kind: "loading" } : now));
    setRound((now) => now + 1);
  }, []);
  return { state, retry };
}
