import type { CloudClient, VehicleSummary } from "@caravan/link";
import { useEffect, useEffectEvent, useState } from "react";

export type Values = VehicleSummary["values"];

const noValues: Values = {};
const ageEveryMs = 1_000;

export function valuesOf(cloud: CloudClient, vehicle: string): Values {
  return cloud.state().fleet?.get(vehicle)?.values ?? noValues;
}

/** Calls `paint` with what the car told last, at most once a frame, and once a second so that ages go on; past React, since values come five times a second. */
export function useLivePaint(cloud: CloudClient, paint: () => void): void {
  const draw = useEffectEvent(paint);
  useEffect(() => {
    let frame = 0;
    const ask = () => {
      if (frame === 0)
        frame = requestAnimationFrame(() => {
          frame = 0;
          draw();
        });
    };
    const stop = cloud.subscribe(ask);
    const timer = setInterval(ask, ageEveryMs);
    return () => {
      stop();
      clearInterval(timer);
      cancelAnimationFrame(frame);
    };
  }, [cloud]);
}

/** The paths that the car has a value of; the same set until one comes or goes. */
export function useKnownPaths(cloud: CloudClient, vehicle: string): ReadonlySet<string> {
  const [known, setKnown] = useState<ReadonlySet<string>>(() => new Set(Object.keys(valuesOf(cloud, vehicle))));
  useEffect(
    () =>
      cloud.subscribe(() => {
        setKnown((before) => {
          const now = Object.keys(valuesOf(cloud, vehicle));
          return now.length === before.size && now.every((path) => before.has(path)) ? before : new Set(now);
        });
      }),
    [cloud, vehicle],
  );
  return known;
}
