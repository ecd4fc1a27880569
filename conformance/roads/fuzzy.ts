function within(got: string, want: number, margin: number): boolean {
  const value = Number.parseFloat(got);
  return value >= want - margin && value <= want + margin;
}

/** Pairs "10->90,90->0" that agree within a margin. */
function turnsAgree(got: string, want: string, margin: number): boolean {
  const gotPairs = got.split(",").map((pair) => pair.split("->"));
  const wantPairs = want.split(",").map((pair) => pair.split("->"));
  return (
    gotPairs.length === wantPairs.length &&
    wantPairs.every((pair, i) =>
      pair.every((bearing, side) => within(gotPairs[i]?.[side] ?? "", Number(bearing), margin)),
    )
  );
}

/** Intersections "true:90 false:270,true:0;true:180" that agree within a margin of degrees. */
function intersectionsAgree(got: string, want: string, margin: number): boolean {
  const parts = (text: string) => text.split(/([;, ])/);
  const gotParts = parts(got.trim());
  const wantParts = parts(want.trim());
  return (
    gotParts.length === wantParts.length &&
    wantParts.every((part, i) => {
      const [entry, bearing] = part.split(":");
      const [gotEntry, gotBearing = ""] = (gotParts[i] ?? "").split(":");
      if (bearing === undefined) return part === gotParts[i];
      return entry === gotEntry && within(gotBearing, Number(bearing), margin);
    })
  );
}

/**
 * What a figure without a margin of its own may be off, by its unit: as much as rounding on a grid makes, whose cells are as wide as they
 * say only at the equator.
 */
const roundings: Readonly<Record<string, number>> = { "km/h": 1, s: 0.2, m: 0.2 };

/** What a figure without a unit may be off, if it has decimals: others may be ids. */
const roundedDecimals = 0.1;

/** A figure with its unit, "90 km/h", "11.1s" or "200m", or one with decimals, that is off by no more than rounding. */
function isSameFigure(got: string, want: string): boolean {
  const figure = /^(\d+(?:\.\d+)?)\s*(km\/h|s|m)?$/;
  const [, wanted, unit = ""] = figure.exec(want) ?? [];
  const [, found, gotUnit = ""] = figure.exec(got) ?? [];
  if (wanted === undefined || found === undefined || unit !== gotUnit) return false;
  const margin = unit === "" && wanted.includes(".") ? roundedDecimals : (roundings[unit] ?? 0);
  return Math.abs(Number(wanted) - Number(found)) <= margin + 1e-9;
}

/** A figure, or a list of them ("11.1s,0s", "18:18"), of which each is off by no more than rounding. */
function agreesButForRounding(got: string, want: string): boolean {
  const wanted = want.split(/[,:]/);
  const found = got.split(/[,:]/);
  return wanted.length === found.length && wanted.every((one, i) => isSameFigure(found[i] ?? "", one));
}

/**
 * Whether an answer is what a cell of a scenario asks for: the same text, a number within "100 +-5" or "100 ~5%", a text that fits
 * "/a pattern/", or a figure with its unit that is off by no more than rounding. An empty cell asks for an empty answer.
 */
export function agrees(got: string, want: string): boolean {
  if (got === want || agreesButForRounding(got, want)) return true;
  const pattern = /^\/(.*)\/$/.exec(want);
  if (pattern !== null) return new RegExp(pattern[1] ?? "").test(got);
  const absolute = /^(.*?)\s*\+-\s*([\d.]+)\D*$/.exec(want);
  if (absolute !== null) {
    const [, value = "", margin = ""] = absolute;
    if (value.includes("->")) return turnsAgree(got, value.trim(), Number(margin));
    if (/(true|false):/.test(value)) return intersectionsAgree(got, value, Number(margin));
    return within(got, Number.parseFloat(value), Number(margin));
  }
  const relative = /^(.*?)\s+~\s*([\d.]+)%$/.exec(want);
  if (relative !== null) {
    const value = Number.parseFloat(relative[1] ?? "");
    return value === 0 || 100 * Math.abs(1 - Number.parseFloat(got) / value) < Number(relative[2]);
  }
  return false;
}

/** Whether a location [lon, lat] is a place, as closely as OSRM's own tests look (25 millionths). */
export function isAt(
  got: readonly number[] | undefined,
  place: { readonly lon: number; readonly lat: number },
): boolean {
  if (got === undefined) return false;
  const close = (value: number | undefined, want: number) =>
    value !== undefined && (want === 0 ? Math.abs(value) < 1e-6 : Math.abs(1 - value / want) < 0.000025);
  return close(got[0], place.lon) && close(got[1], place.lat);
}
