import type { Fleet, VehicleSummary } from "@caravan/link";
import { paths } from "../../paths.ts";

/** One line of the fleet table; undefined where the car has not told. Units as in VSS, `range` and `odometer` in metres. */
export interface Row {
  readonly vehicle: string;
  readonly name: string;
  readonly model: string;
  readonly online: boolean;
  readonly isMoving: boolean;
  readonly speed: number | undefined;
  readonly charge: number | undefined;
  readonly range: number | undefined;
  readonly street: string | undefined;
  readonly odometer: number | undefined;
  readonly seenAt: number | undefined;
  readonly position: { readonly lat: number; readonly lon: number; readonly heading: number } | undefined;
}

export type Column = "name" | "online" | "speed" | "charge" | "range" | "street" | "odometer" | "seenAt";

export interface Order {
  readonly by: Column;
  readonly descending: boolean;
}

/** The rows that match the filter, in order; cars that do not tell the column come last either way. */
export function rowsOf(fleet: Fleet, filter: string, order: Order): readonly Row[] {
  const wanted = filter.trim().toLocaleLowerCase();
  const rows = [...fleet.values()].map(rowOf).filter((row) => matches(row, wanted));
  return rows.toSorted(
    (a, b) =>
      compare(a[order.by], b[order.by], order.descending) || a.name.localeCompare(b.name, undefined, { numeric: true }),
  );
}

/** The figures of one car, as the table and the panel show them. */
export function rowOf(car: VehicleSummary): Row {
  const number = (path: string) => {
    const value = car.values[path]?.value;
    return typeof value === "number" ? value : undefined;
  };
  const street = car.values[paths.street]?.value;
  const lat = number(paths.latitude);
  const lon = number(paths.longitude);
  return {
    vehicle: car.vehicle,
    name: car.name,
    model: car.model,
    online: car.online,
    isMoving: car.values[paths.isMoving]?.value === true,
    speed: number(paths.speed),
    charge: number(paths.charge),
    range: number(paths.range),
    street: typeof street === "string" && street !== "" ? street : undefined,
    odometer: number(paths.odometer),
    seenAt: car.seenAt,
    position: lat === undefined || lon === undefined ? undefined : { lat, lon, heading: number(paths.heading) ?? 0 },
  };
}

function matches(row: Row, wanted: string): boolean {
  if (wanted === "") return true;
  return [row.name, row.model, row.street ?? ""].some((text) => text.toLocaleLowerCase().includes(wanted));
}

type Cell = string | number | boolean | undefined;

function compare(a: Cell, b: Cell, descending: boolean): number {
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
  const rising =
    typeof a === "string" && typeof b === "string"
      ? a.localeCompare(b, undefined, { numeric: true })
      : Number(a) - Number(b);
  return descending ? -rising : rising;
}
