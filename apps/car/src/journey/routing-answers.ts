import { createRouter, createSearch } from "@caravan/roads";
import type { City, Router, Search } from "@caravan/roads";
import { planPath } from "@caravan/world";

import type { RoutingAnswer, RoutingQuestion } from "./routing.ts";

/** Answers questions about one city. Router and search are made when first asked for: both take memory. */
export function answerer(city: City): (question: RoutingQuestion) => RoutingAnswer {
  let router: Router | undefined;
  let search: Search | undefined;
  return (question) => {
    switch (question.kind) {
      case "route":
        router ??= createRouter(city);
        return { kind: "route", outcome: router.route(question.from, question.to) };
      case "plan": {
        router ??= createRouter(city);
        const outcome = router.route(question.from, question.to);
        const path =
          outcome.kind === "route" ? planPath(outcome, { from: question.from, keeps: city.drivingSide }) : undefined;
        return { kind: "plan", plan: { outcome, path } };
      }
      case "search":
        search ??= createSearch(city);
        return { kind: "search", hits: search.find(question.text, question.near, question.limit) };
    }
  };
}
