import type { Place, Scene } from "./scene.ts";

function decimal(value: number): string {
  const text = value.toFixed(9).replace(/0+$/, "");
  return text.endsWith(".") ? `${text}0` : text;
}

/** The path of a question: coordinates, then options in the order they were told; an option without a value is left out. */
export function requestPath(
  scene: Scene,
  service: string,
  places: readonly Place[],
  options: Iterable<readonly [string, string | undefined]>,
): string {
  const all = new Map<string, string | undefined>([...scene.options, ...options]);
  const query = [...all].flatMap(([key, value]) => (value === undefined ? [] : [`${key}=${encodeURI(value)}`]));
  const coordinates = places.map(({ lon, lat }) => `${decimal(lon)},${decimal(lat)}`).join(";");
  return `/${service}/v1/driving/${coordinates}${query.length > 0 ? `?${query.join("&")}` : ""}`;
}

/** "param:x" columns of a row; "(nil)" takes an option away, an empty cell leaves it as it is. */
export function optionsOf(row: ReadonlyMap<string, string>): readonly (readonly [string, string | undefined])[] {
  return [...row].flatMap(([key, value]) => {
    if (!key.startsWith("param:") || value === "") return [];
    return [[key.slice(6), value === "(nil)" ? undefined : value] as const];
  });
}
