/** The text as JSON; most names need no escaping, and asking costs less than doing. */
export function quoted(text: string): string {
  // oxlint-disable-next-line no-control-regex -- these are what JSON has to escape
  return /["\\\u0000-\u001f\ud800-\udfff]/.test(text) ? JSON.stringify(text) : `"${text}"`;
}

/**
 * A number with at most so many decimals (`factor` is a power of ten, up to 1e6), as JSON. Written digit by digit from whole numbers, which
 * takes a fraction of the time of writing the shortest text of a double.
 */
export function decimals(value: number, factor: number): string {
  const whole = Math.round(Math.abs(value) * factor);
  const front = Math.floor(whole / factor);
  let rest = whole - front * factor;
  const sign = value < 0 && whole > 0 ? "-" : "";
  if (rest === 0) return `${sign}${front}`;
  let size = factor;
  while (rest % 10 === 0) {
    rest /= 10;
    size /= 10;
  }
  let zeros = "";
  for (let digit = size / 10; digit > rest; digit /= 10) zeros += "0";
  return `${sign}${front}.${zeros}${rest}`;
}

/** Metres and seconds to a tenth, as OSRM gives them. */
export function tenths(value: number): string {
  return decimals(value, 10);
}

/** `[lon,lat]` with six decimals, a tenth of a metre. */
export function location(lon: number, lat: number): string {
  return `[${decimals(lon, 1e6)},${decimals(lat, 1e6)}]`;
}
