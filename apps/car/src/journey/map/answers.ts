import { createRouter, createSearch } from "@caravan/roads";
import type { City, LatLon, Router, Search } from "@caravan/roads";
import { planPath } from "@caravan/world";

import type { MapAnswer, MapQuestion, WaysOutcome, WaysQuestion } from "./questions.ts";

/** Answers questions about one city. Router and search are made when first asked for: both take memory. */
export function answerer(city: City): (question: MapQuestion) => MapAnswer {
  let router: Router | undefined;
  let search: Search | undefined;
  return (question) => {
    switch (question.kind) {
      case "ways":
        router ??= createRouter(city);
        return { kind: "ways", outcome: findWays(router, question) };
      case "path":
        return { kind: "path", path: planPath(question.section, { from: question.from, keeps: city.drivingSide }) };
      case "insert":
        router ??= createRouter(city);
        return { kind: "insert", index: bestPlace(router, question.place, question.stops) };
      case "search": {
        search ??= createSearch(city);
        const { text, category, near, limit } = question;
        const hits =
          category !== undefined && near !== undefined
            ? search.near(category, near, limit)
            : search.find(text, near, limit);
        return { kind: "search", hits };
      }
    }
  };
}

function findWays(router: Router, { stops, most }: WaysQuestion): WaysOutcome {
  const outcome = router.routes({ stops, alternatives: most - 1 });
  return outcome.kind === "routes"
    ? { kind: "ways", ways: outcome.routes.map((route) => ({ route, traffic: [] })) }
    : outcome;
}

function bestPlace(router: Router, place: LatLon, stops: readonly LatLon[]): number {
  const seconds = (from: LatLon, to: LatLon): number => {
    const found = router.routes({ stops: [from, to] });
    return found.kind === "routes" ? (found.routes[0]?.duration ?? Infinity) : Infinity;
  };
  let [best, least] = [0, Infinity];
  for (let i = 0; i + 1 < stops.length; i++) {
    const [from, to] = [stops[i], stops[i + 1]];
    if (from === undefined || to === undefined) continue;
    const detour = seconds(from, place) + seconds(place, to) - seconds(from, to);
    if (detour < least) [best, least] = [i, detour];
  }
  return best;
}
