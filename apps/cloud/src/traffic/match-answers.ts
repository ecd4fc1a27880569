import type { City } from "@caravan/roads";
import type { MatchAnswer, MatchQuestion } from "./match-messages.ts";
import { ProbeMatcher } from "./probe-matcher.ts";
import type { SegmentPass } from "./probe-matcher.ts";

/** Answers questions about the roads of one city, one at a time. */
export function matchAnswers(city: City): (question: MatchQuestion) => MatchAnswer {
  const matcher = new ProbeMatcher(city);
  return (question) => {
    switch (question.kind) {
      case "match": {
        const passes: SegmentPass[] = [];
        for (const { vehicle, samples } of question.batches)
          for (const pass of matcher.take(vehicle, samples, question.now)) passes.push(pass);
        for (const pass of matcher.tick(question.now)) passes.push(pass);
        matcher.keepAlive(question.alive, question.now);
        return { kind: "match", passes, standing: matcher.standing(question.now), probes: matcher.probes() };
      }
      case "locate":
        return { kind: "locate", place: matcher.locate(question.from, question.to) };
    }
  };
}
