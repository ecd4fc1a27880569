import type { SharedCaravan } from "./global-setup.ts";

/** What the car itself says of a signal over VISS, as the standard's string; undefined while it has no value. */
export async function signalOf(caravan: Pick<SharedCaravan, "cockpit">, path: string): Promise<string | undefined> {
  const response = await fetch(`${caravan.cockpit}/viss/${path.replaceAll(".", "/")}`);
  if (!response.ok) return undefined;
  const answer = (await response.json()) as { data?: { dp?: { value?: string } } };
  return answer.data?.dp?.value;
}
