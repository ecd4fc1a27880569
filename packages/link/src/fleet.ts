import type { LiveEvent, VehicleSummary } from "./live.ts";

/** What a browser knows of its vehicles, by vehicle id; as many as the account may see. */
export type Fleet = ReadonlyMap<string, VehicleSummary>;

/** The fleet after one live event. Values of a vehicle that the snapshot did not name are dropped: the next snapshot brings it. */
export function applyLive(fleet: Fleet, event: LiveEvent): Fleet {
  switch (event.type) {
    case "snapshot":
      return new Map(event.vehicles.map((vehicle) => [vehicle.vehicle, vehicle]));
    case "values":
      return changed(fleet, event.vehicle, (known) => ({
        ...known,
        online: true,
        values: { ...known.values, ...event.values },
        ...seen(known, latestOf(event.values)),
      }));
    case "presence":
      return changed(fleet, event.vehicle, (known) => ({
        ...known,
        online: event.online,
        ...(event.online ? seen(known, event.at) : {}),
      }));
    case "gone": {
      const rest = new Map(fleet);
      rest.delete(event.vehicle);
      return rest;
    }
  }
}

function changed(fleet: Fleet, vehicle: string, change: (known: VehicleSummary) => VehicleSummary): Fleet {
  const known = fleet.get(vehicle);
  return known === undefined ? fleet : new Map(fleet).set(vehicle, change(known));
}

function latestOf(values: VehicleSummary["values"]): number {
  let latest = 0;
  for (const { at } of Object.values(values)) if (at > latest) latest = at;
  return latest;
}

function seen(known: VehicleSummary, at: number): { seenAt?: number } {
  const latest = Math.max(known.seenAt ?? 0, at);
  return latest > 0 ? { seenAt: latest } : {};
}
