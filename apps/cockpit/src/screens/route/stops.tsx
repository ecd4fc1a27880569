import type { RouteStop } from "@caravan/link";
import { Icon, IconButton, ListRow, useScreen, type IconName } from "@caravan/ui";
import type { ReactElement } from "react";
import { useMinute } from "../../shell/status-row.tsx";
import { isNamedSimulated, plainName } from "../../words/plain-name.ts";
import { useSay } from "../../words/words.ts";

const icons: Readonly<Record<RouteStop["kind"], IconName>> = { stop: "pin", charge: "charge", destination: "flag" };

/** Where the way passes on purpose, when, and with how much in the battery. */
export function Stops(props: {
  readonly stops: readonly RouteStop[];
  /** Seconds from now until the start of the route; negative when it is being driven. */
  readonly startsIn: number;
  /** Undefined while nothing may be changed. */
  readonly onRemove: ((stop: number) => void) | undefined;
  readonly onAdd: (() => void) | undefined;
  /** Only when and with how much: for a glance. */
  readonly isShort?: boolean;
}): ReactElement {
  const say = useSay();
  const minute = useMinute();
  return (
    <>
      <ul className="list" aria-label={say.stops}>
        {props.stops.map((stop, index) => (
          <Stop
            key={`${stop.kind} ${stop.lat} ${stop.lon}`}
            stop={stop}
            isShort={props.isShort === true}
            at={minute + (props.startsIn + stop.after) * 1_000}
            onRemove={
              props.onRemove === undefined || stop.kind === "destination" ? undefined : () => props.onRemove?.(index)
            }
          />
        ))}
      </ul>
      {props.onAdd === undefined ? null : <ListRow icon="plus" title={say.addStop} onPress={props.onAdd} />}
    </>
  );
}

function Stop(props: {
  readonly stop: RouteStop;
  readonly at: number;
  readonly isShort: boolean;
  readonly onRemove: (() => void) | undefined;
}): ReactElement {
  const say = useSay();
  const { formats } = useScreen();
  const { stop } = props;
  const { charge } = stop;
  const isSimulated = isNamedSimulated(stop.name);
  const when = [
    say.stopAt({ time: formats.clock(props.at), percent: formats.percent(Math.max(0, stop.arrivalCharge)) }),
    ...(isSimulated ? [say.simulated] : []),
  ].join(" · ");
  const facts =
    charge === undefined || props.isShort
      ? []
      : [
          say.chargeFor({ time: formats.duration(charge.seconds), percent: formats.percent(charge.until) }),
          [
            formats.power(charge.power / 1_000),
            ...(charge.price === undefined ? [] : [formats.money(charge.price)]),
            ...(charge.simulated && !isSimulated ? [say.simulated] : []),
          ].join(" · "),
        ];
  return (
    <li className="route-stop">
      <Icon name={icons[stop.kind]} />
      <div className="route-stop-words">
        <p>{plainName(stop.name, isSimulated)}</p>
        <p className="quiet small ui-figure">{when}</p>
        {facts.map((fact) => (
          <p key={fact} className="quiet small ui-figure">
            {fact}
          </p>
        ))}
      </div>
      {props.onRemove === undefined ? null : (
        <IconButton icon="close" label={say.removeStop({ name: stop.name })} onPress={props.onRemove} />
      )}
    </li>
  );
}
