import type { Router } from "@caravan/roads/routing";
import type { Row } from "../main.ts";
import { share } from "./figures.ts";

/** Our distances and times beside OSRM's (car profile, contraction hierarchies) between the same pairs on the same map. */
export function agreementRows(router: Router, lines: readonly string[]): readonly Row[] {
  const distances: number[] = [];
  const durations: number[] = [];
  for (const line of lines) {
    const [fromLon = 0, fromLat = 0, toLon = 0, toLat = 0, duration = 1, distance = 1] = line.split(",").map(Number);
    const route = router.route({ lon: fromLon, lat: fromLat }, { lon: toLon, lat: toLat });
    if (route.kind !== "route") continue;
    distances.push(Math.abs(route.distance / distance - 1));
    durations.push(route.duration / duration);
  }
  const alike = distances.filter((deviation) => deviation <= 0.1).length;
  const ratio = share(durations, 0.5);
  return [
    {
      name: "pairs whose distance is within 10 % of OSRM's",
      value: (100 * alike) / lines.length,
      unit: "%",
      bar: 95,
      better: "more",
    },
    {
      name: "duration beside OSRM's, median ratio off 1",
      value: Math.abs(ratio - 1),
      unit: "",
      bar: 0.02,
      better: "less",
    },
    { name: "... 5th percentile of the ratio", value: share(durations, 0.05), unit: "", better: "more" },
    { name: "... 95th percentile of the ratio", value: share(durations, 0.95), unit: "", better: "less" },
    {
      name: "pairs with a route, of those OSRM has",
      value: (100 * distances.length) / lines.length,
      unit: "%",
      bar: 100,
      better: "more",
    },
  ];
}
