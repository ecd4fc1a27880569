import type { RouteSummary } from "@caravan/link";
import { Icon, IconButton, useScreen } from "@caravan/ui";
import { useMemo, type CSSProperties, type ReactElement } from "react";
import { useCarState } from "../car/context.tsx";
import { useMinute } from "../shell/status-row.tsx";
import { shieldOf } from "../words/manoeuvre.ts";
import { useSay } from "../words/words.ts";
import { tripBar } from "./trip-bar.ts";

const lowCharge = 10;

/** When one arrives, how long and how far still, with how much charge; a tap shows the route and its stops. */
export function EtaChip(props: { readonly onOpen: () => void; readonly onEnd: () => void }): ReactElement | null {
  const journey = useCarState((state) => state.journey);
  if (journey.kind !== "driving" && journey.kind !== "stopping") return null;
  return <Arrival {...props} route={journey.route} isStopping={journey.kind === "stopping"} />;
}

function Arrival(props: {
  readonly route: RouteSummary;
  readonly isStopping: boolean;
  readonly onOpen: () => void;
  readonly onEnd: () => void;
}): ReactElement {
  const say = useSay();
  const { formats } = useScreen();
  const minute = useMinute();
  const progress = useCarState((state) => state.progress);
  const { route } = props;
  const seconds = progress?.remainingTime ?? route.duration;
  const metres = progress?.remaining ?? route.distance;
  const charge = Math.max(0, route.arrivalCharge);
  const next = route.stops[progress?.nextStop ?? 0];
  return (
    <section className="card eta-chip" aria-label={say.arrival}>
      <button type="button" className="eta-open" aria-label={say.openTrip} onClick={props.onOpen}>
        <span className="eta-figures ui-figure">
          <span className="eta-clock">{formats.clock(minute + seconds * 1_000)}</span>
          <span>{formats.duration(seconds)}</span>
          <span>{formats.distance(metres)}</span>
          <span className="eta-charge" data-low={charge < lowCharge}>
            <Icon name="battery" size="34px" label={say.chargeThen} />
            {formats.percent(charge)}
          </span>
        </span>
        <TripBar route={route} share={(progress?.along ?? 0) / Math.max(1, route.distance)} />
        {next === undefined || next.kind === "destination" ? null : (
          <span className="eta-next">{say.nextStop({ name: next.name })}</span>
        )}
      </button>
      {props.isStopping ? (
        <p className="quiet small">{say.stopping}</p>
      ) : (
        <IconButton kind="plain" icon="close" label={say.endRoute} onPress={props.onEnd} />
      )}
    </section>
  );
}

const placed = (left: number, width?: number): CSSProperties =>
  width === undefined ? { insetInlineStart: `${left}%` } : { insetInlineStart: `${left}%`, inlineSize: `${width}%` };

function TripBar(props: { readonly route: RouteSummary; readonly share: number }): ReactElement {
  const { route } = props;
  const bar = useMemo(() => tripBar(route), [route]);
  const driven: CSSProperties = { inlineSize: `${Math.min(100, props.share * 100)}%` };
  return (
    <span className="trip-bar" aria-hidden="true">
      {bar.parts.map(({ left, width, level }) => (
        <span key={`${level} ${left}`} data-level={level} style={placed(left, width)} />
      ))}
      <span className="trip-driven" style={driven} />
      {bar.stops.map((left) => (
        <span key={left} className="trip-stop" style={placed(left)} />
      ))}
    </span>
  );
}

/** The street under the car. */
export function StreetChip(): ReactElement | null {
  const say = useSay();
  const road = useCarState((state) => state.road);
  if (road === undefined) return null;
  const shield = shieldOf(road.ref);
  const name = road.street === "" ? shield : road.street;
  if (name === "") return null;
  return (
    <p className="card street-chip" aria-label={say.streetNow({ street: name })} role="img">
      {shield === "" || shield === name ? null : <span className="street-ref">{shield}</span>}
      <span className="street-name">{name}</span>
    </p>
  );
}
