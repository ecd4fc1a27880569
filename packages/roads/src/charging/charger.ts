import type { LatLon } from "../city.ts";

/** Plugs by the shape that fits a car's inlet; "other" fits none we know. */
export const plugs = [
  "domestic",
  "type1",
  "type2",
  "type3",
  "ccs1",
  "ccs2",
  "chademo",
  "gbt-ac",
  "gbt-dc",
  "nacs",
  "other",
] as const;
export type Plug = (typeof plugs)[number];

/** Several of the same kind at one station. */
export interface Connector {
  readonly plug: Plug;
  readonly current: "ac" | "dc";
  /** W */
  readonly power: number;
  /** Power by the usual of such a plug, since nobody says. */
  readonly powerIsAssumed: boolean;
  readonly count: number;
  /** How many of them are free now; undefined where nobody says. */
  readonly free?: number;
  readonly price?: ChargePrice;
}

/** What a charge costs, taxes included where `taxIncluded`; an estimate for planning, never a bill. */
export interface ChargePrice {
  /** ISO 4217 */
  readonly currency: string;
  /** Minor units of the currency; fractions allowed, as tariffs have them. */
  readonly perKwh: number;
  readonly perMinute: number;
  readonly flat: number;
  /** Bounds of the whole charge. */
  readonly least?: number;
  readonly most?: number;
  readonly taxIncluded: boolean;
  /** More is asked for under conditions that could not be decided: hours of the day, staying after the charge. */
  readonly isPartial: boolean;
}

export interface Charger extends LatLon {
  readonly id: string;
  readonly name: string;
  readonly operator?: string;
  /** W of its strongest connector. */
  readonly power: number;
  readonly plugs: readonly Plug[];
  readonly connectors: readonly Connector[];
  readonly price?: ChargePrice;
  readonly source: "osm" | "ocpi" | "simulated";
}

const direct: ReadonlySet<Plug> = new Set<Plug>(["ccs1", "ccs2", "chademo", "gbt-dc", "nacs"]);
export const currentOf = (plug: Plug): "ac" | "dc" => (direct.has(plug) ? "dc" : "ac");

/** A charger out of its connectors; undefined where it has none that works. */
export function chargerOf(facts: Omit<Charger, "power" | "plugs" | "price">): Charger | undefined {
  if (facts.connectors.length === 0) return undefined;
  const connectors = facts.connectors.toSorted((a, b) => b.power - a.power);
  const price = connectors[0]?.price;
  return {
    ...facts,
    connectors,
    power: connectors[0]?.power ?? 0,
    plugs: [...new Set(connectors.map(({ plug }) => plug))],
    ...(price !== undefined && { price }),
  };
}

/** Digits after the decimal point of a currency (ISO 4217); two unless named here. */
const digits: Readonly<Record<string, number>> = {
  BHD: 3,
  CLP: 0,
  ISK: 0,
  IQD: 3,
  JOD: 3,
  JPY: 0,
  KRW: 0,
  KWD: 3,
  OMR: 3,
  PYG: 0,
  TND: 3,
  UGX: 0,
  VND: 0,
};

/** A price in units of its currency as minor units, not rounded beyond a millionth. */
export const toMinor = (currency: string, amount: number): number =>
  Math.round(amount * 10 ** (digits[currency] ?? 2) * 1e6) / 1e6;

/** Minor units for a charge of so many Wh that takes so many seconds; rounded to whole ones. */
export function chargeCost(price: ChargePrice, wattHours: number, seconds: number): number {
  const sum = price.flat + (price.perKwh * wattHours) / 1_000 + (price.perMinute * seconds) / 60;
  return Math.round(Math.min(Math.max(sum, price.least ?? 0), price.most ?? Infinity));
}
