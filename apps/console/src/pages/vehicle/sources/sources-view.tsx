import type { Asked, CloudClient } from "@caravan/link";
import { ToldHealth } from "@caravan/link/health";
import type { CarHealth } from "@caravan/link/health";
import { EmptyState, ErrorState, Skeleton, useNow, useScreen, useWords } from "@caravan/ui";
import { useEffect, useState, type ReactElement, type ReactNode } from "react";
import { Value } from "typebox/value";
import { shortAge } from "../signals/reading.ts";
import { clockErrorMs } from "./clock-error.ts";
import { words } from "./words.ts";
import "./sources.css";

const isTold = (body: unknown): body is ToldHealth => Value.Check(ToldHealth, body);
const askEveryMs = 5_000;

/** Where a car's values come from, who of its drivers runs, and how its link and its outbox are. */
export function SourcesView(props: { readonly cloud: CloudClient; readonly vehicle: string }): ReactElement {
  const { cloud, vehicle } = props;
  const say = useWords(words);
  const { formats } = useScreen();
  const now = useNow();
  const [asked, setAsked] = useState<Asked<ToldHealth>>();
  useEffect(() => {
    let isGone = false;
    const ask = async () => {
      const answer = await cloud.request("GET", `/api/vehicles/${encodeURIComponent(vehicle)}/health`, isTold);
      // What was told before stays while the cloud cannot be reached.
      if (!isGone) setAsked((before) => (answer.kind === "failed" && before?.kind === "answer" ? before : answer));
    };
    void ask();
    const timer = setInterval(() => void ask(), askEveryMs);
    return () => {
      isGone = true;
      clearInterval(timer);
    };
  }, [cloud, vehicle]);
  if (asked === undefined) return <Skeleton label={say.loading} rows={8} />;
  if (asked.kind === "failed") {
    return asked.why === "refused" ? (
      <EmptyState icon="car" title={say.notTold} text={say.notToldText} />
    ) : (
      <ErrorState title={say.failed} text={say.failedText} />
    );
  }
  const { health, arrivedAt } = asked.value;
  return (
    <div className="sources">
      <p className="console-quiet" role="status">
        {say.asOf({ age: formats.age(arrivedAt, now) })}
      </p>
      <Drivers drivers={health.drivers} />
      <Readings readings={health.readings} />
      <Contested health={health} />
      <Link health={health} arrivedAt={arrivedAt} />
    </div>
  );
}

function Drivers(props: { readonly drivers: CarHealth["drivers"] }): ReactElement {
  const say = useWords(words);
  const { formats } = useScreen();
  return (
    <section>
      <h2>{say.drivers}</h2>
      {props.drivers.length === 0 ? (
        <p className="console-quiet">{say.noDrivers}</p>
      ) : (
        <Table
          label={say.drivers}
          heads={[say.driver, say.state, say.taken, say.refused, say.dropped, say.startedAnew, say.silent]}
        >
          {props.drivers.map((driver) => (
            <tr key={driver.name}>
              <th scope="row">{driver.name}</th>
              <td data-tone={driver.state === "running" || driver.state === "over" ? "plain" : "caution"}>
                {say.driverState({ state: driver.state })}
                {driver.why === undefined ? null : <span className="console-quiet"> · {driver.why}</span>}
              </td>
              <td data-figure>{formats.number(driver.taken)}</td>
              <td data-figure data-tone={driver.refused > 0 ? "caution" : "plain"}>
                {formats.number(driver.refused)}
              </td>
              <td data-figure>{formats.number(driver.dropped)}</td>
              <td data-figure>{formats.number(driver.startedAnew)}</td>
              <td data-figure>{driver.silentMs === undefined ? "–" : shortAge(driver.silentMs)}</td>
            </tr>
          ))}
        </Table>
      )}
    </section>
  );
}

function Readings(props: { readonly readings: CarHealth["readings"] }): ReactElement {
  const say = useWords(words);
  return (
    <section data-testid="readings">
      <h2>{say.readings}</h2>
      <Table label={say.readings} heads={[say.source, say.quality, say.signals]}>
        {props.readings.map(({ source, quality, signals }) => (
          <tr key={`${source} ${quality}`}>
            <th scope="row">{source}</th>
            <td data-tone={quality === "stale" ? "caution" : "plain"}>{say.qualityOf({ quality })}</td>
            <td data-figure>{signals}</td>
          </tr>
        ))}
      </Table>
    </section>
  );
}

function Contested(props: { readonly health: CarHealth }): ReactElement {
  const { signals, signalsLeftOut } = props.health;
  const say = useWords(words);
  return (
    <section>
      <h2>{say.contested}</h2>
      {signals.length === 0 ? <p className="console-quiet">{say.noContested}</p> : null}
      <ul className="sources-signals">
        {signals.map(({ path, changes, sources }) => (
          <li key={path}>
            <code>{path}</code>
            <span className="console-quiet">{say.changes({ count: changes })}</span>
            <ul>
              {sources.map((source) => (
                <li key={source.source} data-tone={source.state === "silent" ? "caution" : "plain"}>
                  <strong>{source.source}</strong>
                  {[
                    source.isChosen ? say.believed : undefined,
                    source.state === "silent" ? say.isSilent : say.speaks,
                    say.qualityOf({ quality: source.quality }),
                    say.priority({ priority: source.priority }),
                    source.ageMs === undefined ? undefined : shortAge(source.ageMs),
                    source.refused === 0 ? undefined : `${say.refused} ${source.refused}`,
                  ]
                    .filter((fact) => fact !== undefined)
                    .join(" · ")}
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
      {signalsLeftOut === 0 ? null : <p className="console-quiet">{say.leftOut({ count: signalsLeftOut })}</p>}
    </section>
  );
}

function Link(props: { readonly health: CarHealth; readonly arrivedAt: number }): ReactElement {
  const { link, outbox, at } = props.health;
  const say = useWords(words);
  const { formats } = useScreen();
  const error = clockErrorMs(at, props.arrivedAt);
  const by = formats.duration(Math.abs(error) / 1_000);
  const clock = error === 0 ? say.clockRight : error > 0 ? say.clockAhead({ by }) : say.clockBehind({ by });
  const full = Math.max(outbox.bytes / outbox.mostBytes, outbox.batches / outbox.mostBatches);
  return (
    <section>
      <h2>{say.link}</h2>
      <Facts
        facts={[
          [say.clock, clock, error !== 0],
          [say.connections, formats.number(link.connections)],
          [say.sent, formats.number(link.batchesSent)],
          [say.sentAgain, formats.number(link.batchesSentAgain)],
          [say.onTheirWay, formats.number(link.batchesOnTheirWay)],
        ]}
      />
      <h2>{say.outbox}</h2>
      <Facts
        facts={[
          [say.waiting, formats.number(outbox.samples)],
          [say.room, formats.percent(full * 100), full > 0.8],
          [say.oldest, outbox.oldestAt === undefined ? "–" : formats.dateTime(outbox.oldestAt)],
          [say.givenUp, formats.number(outbox.givenUp), outbox.givenUp > 0],
          [say.lost, formats.number(outbox.lost), outbox.lost > 0],
          [say.disk, say.diskState(outbox), outbox.disk !== "ok"],
        ]}
      />
    </section>
  );
}

/** Name, figure, and whether somebody should look. */
type Fact = readonly [name: string, text: string, isBad?: boolean];

function Facts(props: { readonly facts: readonly Fact[] }): ReactElement {
  return (
    <dl className="console-facts">
      {props.facts.map(([name, text, isBad]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd data-tone={isBad === true ? "caution" : "plain"}>{text}</dd>
        </div>
      ))}
    </dl>
  );
}

function Table(props: {
  readonly label: string;
  readonly heads: readonly string[];
  readonly children: ReactNode;
}): ReactElement {
  return (
    <div className="sources-scroll" tabIndex={0} role="region" aria-label={props.label}>
      <table>
        <thead>
          <tr>
            {props.heads.map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{props.children}</tbody>
      </table>
    </div>
  );
}
