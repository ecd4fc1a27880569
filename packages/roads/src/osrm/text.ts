/** The text as JSON; most names need no escaping, and asking costs less than doing. */
export function quoted(text: string): string {
  // oxlint-disable-next-line no-control-regex -- these are what JSON has to escape
  return /["\\\u0000-\u001f\ud800-\udfff]/.test(text) ? JSON.stringify(text) : `"${text}"`;
}

/** A number with at most so many decimals, as JSON. */
export function decimals(value: number, factor: number): string {
  return String(Math.round(value * factor) / factor);
}

/** Metres and seconds to a tenth, as OSRM gives them. */
export function tenths(value: number): string {
  return decimals(value, 10);
}

/** `[lon,lat]` with six decimals, a tenth of a metre. */
export function location(lon: number, lat: number): string {
  return `[${decimals(lon, 1e6)},${decimals(lat, 1e6)}]`;
}
