import type { CloudClient, VehicleSummary } from "@caravan/link";
import { Icon, IconButton, Portrait, useNow, useScreen, useWords } from "@caravan/ui";
import type { ReactElement } from "react";
import { paths } from "../paths.ts";
import { words } from "../words/words.ts";
import { ClimateCard, ClosureCard, EnergyCard, TyreCard } from "./cards.tsx";
import { freshnessOf, type Freshness } from "./freshness.ts";
import { closureWords, portraitOf } from "./portrait.ts";
import { closureOf, readingsOf } from "./readings.ts";
import { WhereCard } from "./where.tsx";

/** One car: its portrait and state on top, then where it is and how it does. */
export function CarScreen(props: {
  readonly vehicle: VehicleSummary;
  readonly others: readonly VehicleSummary[];
  readonly onChoose: (vehicle: string) => void;
  /** True while the cloud does not answer. */
  readonly isCutOff: boolean;
  readonly cloud: CloudClient;
  readonly onSettings: () => void;
}): ReactElement {
  const { vehicle } = props;
  const say = useWords(words);
  const { formats } = useScreen();
  const now = useNow();
  const readings = readingsOf(vehicle);
  const closure = closureOf(readings);
  const freshness = freshnessOf(vehicle, props.isCutOff, now);
  const age = freshness.kind === "live" || freshness.at === undefined ? undefined : ageOf(freshness.at);
  const asOf = age === undefined ? undefined : say.asOf({ age });
  const charge = readings.number(paths.charge);
  const range = readings.number(paths.range);

  return (
    <main className="phone-page">
      <header className="phone-head">
        <div className="phone-title">
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
          <p className="phone-state" data-online={freshness.kind === "live"}>
            {stateWords()}
          </p>
        </div>
        <IconButton icon="settings" label={say.settings} onPress={props.onSettings} />
      </header>
      {freshness.kind === "live" ? null : <Notice freshness={freshness} age={age} />}
      <section className="phone-portrait" data-old={freshness.kind !== "live"}>
        <Portrait
          state={portraitOf(readings, closure)}
          label={say.portrait({ state: closureWords(closure, say).join(", ") })}
        />
        <dl className="phone-facts">
          <div>
            <dt>{say.battery}</dt>
            <dd className="phone-charge" data-testid="charge">
              {charge === undefined ? "–" : formats.percent(charge)}
            </dd>
          </div>
          <div>
            <dt>{say.range}</dt>
            <dd>{range === undefined ? "–" : formats.distance(range)}</dd>
          </div>
          <div>
            <dt>{say.closure}</dt>
            <dd className="phone-fact-words">{closureWords(closure, say)[0] ?? "–"}</dd>
          </div>
          {asOf === undefined ? null : (
            <div>
              <dt className="ui-unseen">{say.age}</dt>
              <dd className="phone-age">{asOf}</dd>
            </div>
          )}
        </dl>
      </section>
      <WhereCard readings={readings} cloud={props.cloud} asOf={asOf} isCutOff={props.isCutOff} />
      <EnergyCard readings={readings} asOf={asOf} />
      <ClimateCard readings={readings} asOf={asOf} />
      <ClosureCard closure={closure} asOf={asOf} />
      <TyreCard readings={readings} asOf={asOf} />
      {vehicle.simulated ? <p className="phone-quiet phone-simulated">{vehicle.model}</p> : null}
    </main>
  );

  function ageOf(at: number): string {
    return now - at < 10_000 ? say.momentAgo : formats.age(at, now);
  }

  function stateWords(): string {
    if (vehicle.seenAt === undefined) return say.neverSeen;
    if (age !== undefined) return freshness.kind === "offline" ? say.lastSeen({ age }) : say.lastNews({ age });
    return `${say.online} · ${readings.flag(paths.isMoving) === true ? say.moving : say.standing}`;
  }
}

/** Why the figures are old, and what that means. */
function Notice(props: { readonly freshness: Freshness; readonly age: string | undefined }): ReactElement | null {
  const say = useWords(words);
  const { age } = props;
  const known = {
    live: undefined,
    "cut-off": [say.lost, age === undefined ? say.lostTextUnknown : say.lostText({ age })],
    offline: age === undefined ? undefined : [say.away, say.awayText({ age })],
    silent: age === undefined ? undefined : [say.silent, say.silentText({ age })],
  } as const;
  const sentences = known[props.freshness.kind];
  if (sentences === undefined) return null;
  return (
    <div className="phone-notice" role="status">
      <Icon name="offline" />
      <p>
        <strong>{sentences[0]}</strong>
        {sentences[1]}
      </p>
    </div>
  );
}
