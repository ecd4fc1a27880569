import { createRouter, createSearch } from "@caravan/roads";
import type { City, Router, Search } from "@caravan/roads";
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
