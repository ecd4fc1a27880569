import type { CloudClient, VehicleSummary } from "@caravan/link";
import { IconButton, Portrait, useNow, useScreen, useWords } from "@caravan/ui";
import type { ReactElement } from "react";
import { paths } from "../paths.ts";
import { words } from "../words/words.ts";
import { ClimateCard, ClosureCard, EnergyCard, TyreCard } from "./cards.tsx";
import { closureWords, portraitOf } from "./portrait.ts";
import { closureOf, readingsOf } from "./readings.ts";
import { WhereCard } from "./where.tsx";

/** One car: its portrait and state on top, then where it is and how it does. */
export function CarScreen(props: {
  readonly vehicle: VehicleSummary;
  readonly others: readonly VehicleSummary[];
  readonly onChoose: (vehicle: string) => void;
  /** True while the cloud does not answer. */
  readonly lost: boolean;
  readonly cloud: CloudClient;
  readonly onSettings: () => void;
}): ReactElement {
  const { vehicle } = props;
  const say = useWords(words);
  const { formats } = useScreen();
  const now = useNow();
  const readings = readingsOf(vehicle);
  const closure = closureOf(readings);
  const age = vehicle.seenAt === undefined ? undefined : formats.age(vehicle.seenAt, now);
  const asOf = (props.lost || !vehicle.online) && age !== undefined ? say.asOf({ age }) : undefined;
  const charge = readings.number(paths.charge);
  const range = readings.number(paths.range);

  return (
    <main className="phone-page">
      <header className="phone-head">
        <div>
          {props.others.length > 1 ? (
            <select
              className="phone-choose"
              aria-label={say.choose}
              value={vehicle.vehicle}
              onChange={(event) => props.onChoose(event.currentTarget.value)}
            >
              {props.others.map((other) => (
                <option key={other.vehicle} value={other.vehicle}>
                  {other.name}
                </option>
              ))}
            </select>
          ) : (
            <h1>{vehicle.name}</h1>
          )}
          <p className="phone-state" data-online={vehicle.online && !props.lost}>
            {stateWords()}
          </p>
        </div>
        <IconButton icon="settings" label={say.settings} onPress={props.onSettings} />
      </header>
      {props.lost && age !== undefined ? (
        <p className="phone-lost" role="status">
          {say.lost({ age })}
        </p>
      ) : null}
      <section className="phone-portrait">
        <Portrait
          state={portraitOf(readings, closure)}
          label={say.portrait({ state: closureWords(closure, say).join(", ") })}
        />
        <dl className="phone-facts">
          <div>
            <dt>{say.battery}</dt>
            <dd data-testid="charge">{charge === undefined ? "–" : formats.percent(charge)}</dd>
          </div>
          <div>
            <dt>{say.range}</dt>
            <dd>{range === undefined ? "–" : formats.distance(range)}</dd>
          </div>
          <div>
            <dt>{say.closure}</dt>
            <dd className="phone-fact-words">{closureWords(closure, say)[0] ?? "–"}</dd>
          </div>
          {asOf === undefined ? null : <p className="phone-quiet">{asOf}</p>}
        </dl>
      </section>
      <WhereCard readings={readings} cloud={props.cloud} asOf={asOf} />
      <EnergyCard readings={readings} asOf={asOf} />
      <ClimateCard readings={readings} asOf={asOf} />
      <ClosureCard closure={closure} asOf={asOf} />
      <TyreCard readings={readings} asOf={asOf} />
      {vehicle.simulated ? <p className="phone-quiet phone-simulated">{vehicle.model}</p> : null}
    </main>
  );

  function stateWords(): string {
    if (!vehicle.online) return age === undefined ? say.neverSeen : say.lastSeen({ age });
    return `${say.online} · ${readings.flag(paths.isMoving) === true ? say.moving : say.standing}`;
  }
}
