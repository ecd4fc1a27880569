import type { Look } from "@caravan/ui";
import { useEffect, useState } from "react";
import { useCar, useCarState, useFlag } from "../car/context.tsx";
import { paths } from "../paths.ts";
import { isDark } from "./sun.ts";

const sunEveryMs = 60_000;

/** Day or night: by hand, else by the headlights, else by the sun at the car's place; night while nothing is known. */
export function useLook(): Look {
  const choice = useCarState((state) => state.settings.look);
  const lowBeam = useFlag(paths.lowBeam);
  const { store } = useCar();
  const [sunIsDown, setSunIsDown] = useState(true);
  useEffect(() => {
    let lookedAt = -Infinity;
    const look = () => {
      const pose = store.pose.get();
      const now = Date.now();
      if (pose === undefined || now - lookedAt < sunEveryMs) return;
      lookedAt = now;
      setSunIsDown(isDark(pose.lat, pose.lon, now));
    };
    const timer = setInterval(look, sunEveryMs);
    const stop = store.pose.subscribe(look);
    return () => {
      clearInterval(timer);
      stop();
    };
  }, [store]);
  if (choice === "day" || choice === "night") return choice;
  if (choice === "headlights" && lowBeam !== undefined) return lowBeam ? "night" : "day";
  return sunIsDown ? "night" : "day";
}
