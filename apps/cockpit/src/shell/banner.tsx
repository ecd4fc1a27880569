import { Icon, LiveText, manoeuvreIcon, useScreen } from "@caravan/ui";
import type { ReactElement } from "react";
import { useCar, useCarState } from "../car/context.tsx";
import { manoeuvreInto, manoeuvreSentence } from "../words/manoeuvre.ts";
import { useSay } from "../words/words.ts";

/** The next thing to do on the way: sign, distance, and where it leads. */
export function Banner(): ReactElement | null {
  const say = useSay();
  const { formats } = useScreen();
  const { store } = useCar();
  const journey = useCarState((state) => state.journey);
  const next = useCarState((state) => state.progress?.next);
  if (journey.kind !== "driving" && journey.kind !== "stopping") return null;
  const manoeuvre = next === undefined ? undefined : journey.route.manoeuvres[next];
  if (manoeuvre === undefined) return null;
  const then = next === undefined ? undefined : journey.route.manoeuvres[next + 1];
  // Two turns so close that the second must be known before the first is done.
  const isSoon = then !== undefined && then.kind !== "arrive" && then.along - manoeuvre.along < 120;
  const into = manoeuvre.kind === "arrive" ? journey.route.to.name : manoeuvreInto(say, manoeuvre);
  return (
    <section className="card banner" aria-label={manoeuvreSentence(say, manoeuvre)}>
      <Icon name={manoeuvreIcon(manoeuvre.kind, manoeuvre.modifier)} size="96px" />
      <div className="banner-words">
        <LiveText
          source={store.progress}
          format={(progress) => (progress === undefined ? "" : formats.distance(Math.max(0, progress.toNext)))}
          className="banner-distance ui-figure"
        />
        <span className="banner-into">{into}</span>
      </div>
      {isSoon ? (
        <span className="banner-then">
          <Icon name={manoeuvreIcon(then.kind, then.modifier)} size="48px" label={manoeuvreSentence(say, then)} />
        </span>
      ) : null}
    </section>
  );
}
