import { toMinor } from "./charger.ts";
import type { ChargePrice } from "./charger.ts";
import { isObject, numberOf, objectsOf, textOf } from "./read-json.ts";
import type { JsonObject } from "./read-json.ts";

/** What decides which element of a tariff holds. */
export interface TariffUse {
  /** W and A of the connector. */
  readonly power: number;
  readonly current: number;
  /** Local time there; without it elements for hours and days cannot be decided. */
  readonly at?: { readonly weekday: number; readonly minutes: number; readonly date: string };
}

const weekdays = ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"];
const mostElements = 200;

/**
 * The price that an OCPI tariff (2.2.1 and 2.3.0, mod_tariffs) asks of a charge that begins now: for each dimension the first element whose
 * restrictions hold (mod_tariffs, TariffElement), with VAT; where prices follow each other within a charge, the dearest. Undefined where it is no tariff.
 * Elements for reservations, and those that depend on a time that is not known, are left out; the price then says that it is partial, as it does
 * where staying after the charge costs something.
 */
export function readTariff(tariff: JsonObject, use: TariffUse): ChargePrice | undefined {
  const currency = textOf(tariff["currency"]);
  const elements = objectsOf(tariff["elements"]).slice(0, mostElements);
  if (currency === undefined || currency.length !== 3 || elements.length === 0) return undefined;
  const found = new Map<string, { readonly price: number; readonly isTaxed: boolean }>();
  const settled = new Set<string>();
  const pending = new Set<string>();
  let isPartial = false;
  const isIncluded = tariff["tax_included"] === "YES";
  for (const element of elements) {
    const holds = decide(element["restrictions"], use);
    if (holds === "no") continue;
    for (const component of objectsOf(element["price_components"])) {
      const type = textOf(component["type"]);
      const price = numberOf(component["price"]);
      if (type === undefined || price === undefined || price < 0 || settled.has(type)) continue;
      if (holds === "unknown") {
        pending.add(type);
        continue;
      }
      const vat = numberOf(component["vat"]);
      const asked = isIncluded ? price : price * (1 + (vat ?? 0) / 100);
      const isTaxed = isIncluded || vat !== undefined || price === 0;
      // What holds only up to some energy or time is followed by another price: the dearest of them is planned with.
      const isPassing = isThreshold(element["restrictions"]);
      isPartial ||= isPassing;
      if (!isPassing) settled.add(type);
      const known = found.get(type);
      if (known === undefined || asked > known.price) found.set(type, { price: asked, isTaxed });
    }
  }
  const minor = (type: string): number => toMinor(currency, found.get(type)?.price ?? 0);
  const least = bound(tariff["min_price"], currency);
  const most = bound(tariff["max_price"], currency);
  return {
    currency,
    perKwh: minor("ENERGY"),
    perMinute: Math.round((minor("TIME") / 60) * 1e6) / 1e6,
    flat: minor("FLAT"),
    ...(least !== undefined && { least }),
    ...(most !== undefined && { most }),
    taxIncluded: [...found.values()].every(({ isTaxed }) => isTaxed),
    isPartial: isPartial || pending.size > 0 || minor("PARKING_TIME") > 0,
  };
}

/** OCPI 2.3.0 says `after_taxes`, 2.2.1 `incl_vat`. */
function bound(value: unknown, currency: string): number | undefined {
  if (!isObject(value)) return undefined;
  const amount =
    numberOf(value["after_taxes"]) ??
    numberOf(value["incl_vat"]) ??
    numberOf(value["before_taxes"]) ??
    numberOf(value["excl_vat"]);
  return amount === undefined || amount < 0 ? undefined : toMinor(currency, amount);
}

function isThreshold(restrictions: unknown): boolean {
  if (!isObject(restrictions)) return false;
  return ["max_kwh", "max_duration"].some((key) => numberOf(restrictions[key]) !== undefined);
}

/** Whether an element holds at the beginning of the charge. */
function decide(restrictions: unknown, { power, current, at }: TariffUse): "yes" | "no" | "unknown" {
  if (!isObject(restrictions)) return "yes";
  const number = (key: string): number | undefined => numberOf(restrictions[key]);
  if (textOf(restrictions["reservation"]) !== undefined) return "no";
  if (below(current, number("min_current")) || notBelow(current, number("max_current"))) return "no";
  if (below(power / 1_000, number("min_power")) || notBelow(power / 1_000, number("max_power"))) return "no";
  const begins = (number("min_kwh") ?? 0) > 0 || (number("min_duration") ?? 0) > 0;
  if (begins) return "unknown";
  const days = restrictions["day_of_week"];
  const start = minutesOf(restrictions["start_time"]);
  const end = minutesOf(restrictions["end_time"]);
  const [from, until] = [textOf(restrictions["start_date"]), textOf(restrictions["end_date"])];
  const byTime =
    Array.isArray(days) || start !== undefined || end !== undefined || from !== undefined || until !== undefined;
  if (!byTime) return "yes";
  if (at === undefined) return "unknown";
  if (Array.isArray(days) && days.length > 0 && !days.includes(weekdays[at.weekday])) return "no";
  if (from !== undefined && at.date < from) return "no";
  if (until !== undefined && at.date >= until) return "no";
  return isWithin(at.minutes, start ?? 0, end === undefined || end === 0 ? 1_440 : end) ? "yes" : "no";
}

const below = (value: number, least: number | undefined): boolean => least !== undefined && value < least;
const notBelow = (value: number, most: number | undefined): boolean => most !== undefined && value >= most;

/** An end before the start lies on the next day. */
const isWithin = (minutes: number, start: number, end: number): boolean =>
  start < end ? minutes >= start && minutes < end : minutes >= start || minutes < end;

function minutesOf(value: unknown): number | undefined {
  const found = typeof value === "string" ? /^(\d{2}):(\d{2})$/.exec(value) : null;
  return found === null ? undefined : Number(found[1]) * 60 + Number(found[2]);
}
