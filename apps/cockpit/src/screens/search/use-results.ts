import type { FoundPlace, PlaceCategory } from "@caravan/link";
import { useEffect, useState } from "react";
import { useCar } from "../../car/context.tsx";
import { errorSentence } from "../../words/why.ts";
import { useSay } from "../../words/words.ts";

/** A pause in typing long enough to ask. */
const pauseMs = 180;
/** As many as the car sends. */
const mostFound = 20;

export type Results =
  | { readonly kind: "none" }
  | { readonly kind: "searching" }
  | { readonly kind: "found"; readonly text: string; readonly places: readonly FoundPlace[] }
  | { readonly kind: "failed"; readonly sentence: string };

/** What the car finds by words or by kind; on a route by what going there costs. */
export function useResults(text: string, category: PlaceCategory | undefined, onRoute: boolean): Results {
  const car = useCar();
  const say = useSay();
  const [last, setLast] = useState<{ readonly question: string; readonly results: Results }>();
  const question = category ?? text;
  useEffect(() => {
    if (question === "") return;
    let isOld = false;
    const timer = setTimeout(
      () => {
        const options = { ...(category === undefined ? {} : { category }), ...(onRoute ? { onRoute } : {}) };
        void car.search(text, options).then((answer) => {
          if (isOld) return;
          const results: Results =
            answer.kind === "ok"
              ? { kind: "found", text, places: answer.value.slice(0, mostFound) }
              : {
                  kind: "failed",
                  sentence: answer.code === "no-connection" ? say.offlineSearch : errorSentence(say, answer),
                };
          setLast({ question, results });
        });
      },
      category === undefined ? pauseMs : 0,
    );
    return () => {
      isOld = true;
      clearTimeout(timer);
    };
  }, [question, text, category, onRoute, car, say]);
  if (question === "") return { kind: "none" };
  if (last === undefined) return { kind: "searching" };
  // What was found for fewer letters stays until the new answer is there: rows that blink cannot be read.
  return category === undefined || last.question === question ? last.results : { kind: "searching" };
}
