import type { City } from "@caravan/roads";
import type { EdgeEnd } from "@caravan/roads/routing";
import { noWay } from "@caravan/roads/routing";

/** Some point of some road, as the ends of edges a route may have there: both directions of a two-way road, or one side only. */
export function randomEnds({ graph }: City, random: () => number): readonly EdgeEnd[] {
  const road = Math.floor(random() * graph.roadCount);
  const share = random();
  const side = random();
  const forward = graph.roadForward[road] ?? -1;
  const backward = graph.roadBackward[road] ?? -1;
  const ends: EdgeEnd[] = [];
  if (forward >= 0 && (backward < 0 || side < 0.75)) ends.push({ edge: forward, share });
  if (backward >= 0 && (forward < 0 || side >= 0.25)) ends.push({ edge: backward, share: 1 - share });
  return ends;
}

/** Traffic: every edge from three quarters to three times its time, one in two hundred closed. */
export function randomTraffic({ graph }: City, random: () => number): { readonly edgeMs: Uint32Array } {
  const edgeMs = graph.edgeMs.map((ms) => {
    const factor = 0.75 + 2.25 * random() ** 3;
    return random() < 0.005 ? noWay : Math.max(1, Math.round(ms * factor));
  });
  return { edgeMs };
}
