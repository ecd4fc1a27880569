import { Button, useScreen } from "@caravan/ui";
import type { ReactElement } from "react";
import { useCarState } from "../car/context.tsx";
import { useSay } from "../words/words.ts";
import { useMinute } from "./status-row.tsx";

/** When one arrives, how long and how far still, and the way out of it. */
export function EtaChip(props: { readonly onEnd: () => void }): ReactElement | null {
  const say = useSay();
  const { formats } = useScreen();
  const minute = useMinute();
  const journey = useCarState((state) => state.journey);
  const progress = useCarState((state) => state.progress);
  if (journey.kind !== "driving" && journey.kind !== "stopping") return null;
  const seconds = progress?.remainingTime ?? journey.route.duration;
  const metres = progress?.remaining ?? journey.route.distance;
  return (
    <section className="card eta-chip" aria-label={say.arrival}>
      <dl className="eta-figures">
        <div>
          <dt>{say.arrival}</dt>
          <dd className="ui-figure eta-clock">{formats.clock(minute + seconds * 1_000)}</dd>
        </div>
        <div>
          <dt>{say.timeLeft}</dt>
          <dd className="ui-figure">{formats.duration(seconds)}</dd>
        </div>
        <div>
          <dt>{say.distance}</dt>
          <dd className="ui-figure">{formats.distance(metres)}</dd>
        </div>
      </dl>
      <Button onPress={props.onEnd} busy={journey.kind === "stopping"}>
        {journey.kind === "stopping" ? say.stopping : say.endRoute}
      </Button>
    </section>
  );
}

/** The street under the car. */
export function StreetChip(): ReactElement | null {
  const say = useSay();
  const road = useCarState((state) => state.road);
  if (road === undefined) return null;
  const name = road.street === "" ? road.ref : road.street;
  if (name === "") return null;
  return (
    <p className="card street-chip" aria-label={say.streetNow({ street: name })} role="img">
      {road.ref === "" || road.ref === name ? null : <span className="street-ref">{road.ref}</span>}
      <span className="street-name">{name}</span>
    </p>
  );
}
