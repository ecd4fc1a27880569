import type { RouteSummary } from "@caravan/link";
import { Icon, useScreen } from "@caravan/ui";
import type { ReactElement } from "react";
import { delayText, wayDifference } from "../../words/time-difference.ts";
import { useSay } from "../../words/words.ts";

const lowCharge = 10;

/** Up to three ways with what tells them apart; one of them is chosen. */
export function Ways(props: {
  readonly chosen: RouteSummary;
  /** All on offer, in a lasting order. */
  readonly ways: readonly RouteSummary[];
  readonly onChoose: (id: string) => void;
}): ReactElement {
  const say = useSay();
  return (
    <div className="ways" role="radiogroup" aria-label={say.ways}>
      {props.ways.map((way) => (
        <Way
          key={way.id}
          way={way}
          chosen={props.chosen}
          onChoose={() => {
            if (way.id !== props.chosen.id) props.onChoose(way.id);
          }}
        />
      ))}
    </div>
  );
}

function Way(props: {
  readonly way: RouteSummary;
  readonly chosen: RouteSummary;
  readonly onChoose: () => void;
}): ReactElement {
  const say = useSay();
  const { formats } = useScreen();
  const { way, chosen } = props;
  const isChosen = way.id === chosen.id;
  const delay = delayText(say, formats, way.delay);
  const charge = Math.max(0, way.arrivalCharge);
  return (
    <button type="button" role="radio" className="way" aria-checked={isChosen} onClick={props.onChoose}>
      <span className="way-time ui-figure">
        {formats.duration(way.duration)}
        {isChosen ? null : (
          <span className="way-difference">{wayDifference(say, formats, way.duration, chosen.duration)}</span>
        )}
      </span>
      <span className="way-distance ui-figure">{formats.distance(way.distance)}</span>
      <span className="way-via">
        {delay === undefined ? null : <span className="way-delay">{delay} </span>}
        {way.via === "" ? null : say.via({ streets: way.via })}
      </span>
      <span className="way-charge ui-figure" data-low={charge < lowCharge}>
        <Icon name="battery" size="30px" label={say.chargeThen} />
        {formats.percent(charge)}
      </span>
    </button>
  );
}
