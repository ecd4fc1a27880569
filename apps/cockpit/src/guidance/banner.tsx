import { LaneStrip, LiveText, ManoeuvreSign, useScreen } from "@caravan/ui";
import type { Manoeuvre, RouteSummary } from "@caravan/link";
import { useMemo, type ReactElement } from "react";
import { useCar, useCarState } from "../car/context.tsx";
import { manoeuvreSentence, roadAhead } from "../words/manoeuvre.ts";
import { useSay } from "../words/words.ts";
import { lanesToTake, signFacts, thenIndex, toldIndex } from "./sign-of.ts";

/** Lanes are of use only near the junction they belong to, in metres. */
const lanesWithin = 1_500;
/** More lanes than this is no road. */
const mostLanes = 10;

/** The next thing to do on the way: sign, distance, where it leads, and by which lanes. A tap says it again. */
export function Banner(): ReactElement | null {
  const journey = useCarState((state) => state.journey);
  const next = useCarState((state) => state.progress?.next);
  if ((journey.kind !== "driving" && journey.kind !== "stopping") || next === undefined) return null;
  const manoeuvre = journey.route.manoeuvres[next];
  return manoeuvre === undefined ? null : <NextManoeuvre route={journey.route} manoeuvre={manoeuvre} next={next} />;
}

function NextManoeuvre(props: {
  readonly route: RouteSummary;
  readonly manoeuvre: Manoeuvre;
  readonly next: number;
}): ReactElement {
  const say = useSay();
  const { formats } = useScreen();
  const car = useCar();
  const { route, manoeuvre, next } = props;
  const nextStop = useCarState((state) => state.progress?.nextStop ?? 0);
  const isNear = useCarState((state) => (state.progress?.toNext ?? Infinity) < lanesWithin);
  const told = toldIndex(route.manoeuvres, next);
  const sign = useMemo(() => signFacts(route, told), [route, told]);
  const exit = route.manoeuvres[told]?.exit;
  const then = thenIndex(route.manoeuvres, next);
  const thenManoeuvre = then === undefined ? undefined : route.manoeuvres[then];
  const thenSign = useMemo(() => (then === undefined ? undefined : signFacts(route, then)), [route, then]);
  const sentence = manoeuvreSentence(say, manoeuvre);
  const stop = route.stops[nextStop]?.name ?? route.to.name;
  const road = manoeuvre.kind === "arrive" ? { shield: "", exit: "", name: stop } : roadAhead(say, manoeuvre);
  const lanes = isNear ? (manoeuvre.lanes ?? []).slice(0, mostLanes) : [];
  const taken = lanesToTake(lanes);
  return (
    <button
      type="button"
      className="card banner"
      aria-label={say.sayAgain({ text: sentence })}
      onClick={() => void car.sayAgain()}
    >
      <span className="banner-main">
        {sign === undefined ? null : (
          <ManoeuvreSign {...sign} size="var(--banner-sign)" {...(exit === undefined ? {} : { exit })} />
        )}
        <span className="banner-words">
          <LiveText
            source={car.store.progress}
            format={(progress) => (progress === undefined ? "" : formats.distance(Math.max(0, progress.toNext)))}
            className="banner-distance ui-figure"
          />
          <span className="banner-into">
            {road.exit === "" ? null : <span className="banner-exit">{say.exitNumber({ exit: road.exit })}</span>}
            {road.shield === "" ? null : <span className="banner-shield">{road.shield}</span>}
            <span className="banner-name">{road.name}</span>
          </span>
        </span>
        {thenSign === undefined || thenManoeuvre === undefined ? null : (
          <span className="banner-then">
            <span className="small quiet">{say.afterThat}</span>
            <ManoeuvreSign {...thenSign} size="52px" label={manoeuvreSentence(say, thenManoeuvre)} />
          </span>
        )}
      </span>
      {lanes.length < 2 ? null : (
        <LaneStrip
          lanes={lanes}
          side={sign?.side ?? "right"}
          label={taken === "" ? sentence : say.lanesUse({ lanes: taken, of: lanes.length })}
        />
      )}
    </button>
  );
}
