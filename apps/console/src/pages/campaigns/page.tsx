import type { CloudClient, CloudState } from "@caravan/link";
import type { CampaignDetail, CampaignSummary } from "@caravan/link/campaigns";
import { Button, EmptyState, ErrorState, Skeleton, useWords } from "@caravan/ui";
import { useCallback, useEffect, useState, type ReactElement } from "react";
import { goTo } from "../../address.ts";
import { listCampaigns, readCampaign } from "./campaign-api.ts";
import { CampaignForm } from "./form.tsx";
import { CampaignPanel } from "./panel.tsx";
import { words } from "./words.ts";
import "./campaigns.css";

/** How often the page asks what has become of the campaigns while somebody looks. */
const lookEveryMs = 3_000;

type Loaded<T> = { readonly kind: "answer"; readonly value: T } | { readonly kind: "failed"; readonly why: string };

/** All campaigns in a table; one of them, or the form for a new one, at the side. */
export function CampaignsPage(props: {
  readonly cloud: CloudClient;
  readonly state: CloudState;
  /** The id of a campaign, or "new". */
  readonly selected: string | undefined;
}): ReactElement {
  const { cloud, selected } = props;
  const say = useWords(words);
  const isNew = selected === "new";
  const loadAll = useCallback(() => listCampaigns(cloud), [cloud]);
  const [campaigns, retry] = useRepeated(loadAll);
  const select = (id: string | undefined) => goTo({ page: "campaigns", campaign: id });
  const cars = [...(props.state.fleet?.values() ?? [])];
  return (
    <main className="console-campaigns" data-panel={selected !== undefined}>
      <section className="console-table-box" aria-label={say.campaigns}>
        <header className="console-table-head">
          <h1>{say.campaigns}</h1>
          <Button kind="primary" icon="plus" onPress={() => select("new")}>
            {say.add}
          </Button>
        </header>
        <p className="console-quiet console-campaigns-text">{say.text}</p>
        {campaigns === undefined ? <Skeleton label={say.loading} rows={4} /> : null}
        {campaigns?.kind === "failed" ? (
          campaigns.why === "forbidden" ? (
            <EmptyState icon="lock" title={say.forbidden} />
          ) : (
            <ErrorState title={say.failed} action={{ label: say.retry, onPress: retry }} />
          )
        ) : null}
        {campaigns?.kind === "answer" ? (
          <CampaignTable campaigns={campaigns.value.campaigns} selected={selected} onSelect={select} />
        ) : null}
      </section>
      {isNew ? (
        <CampaignForm
          cloud={cloud}
          cars={cars}
          campaign={undefined}
          onClose={() => select(undefined)}
          onSent={(campaign) => {
            retry();
            select(campaign.id);
          }}
        />
      ) : null}
      {selected === undefined || isNew ? null : (
        <OneCampaign key={selected} cloud={cloud} cars={cars} id={selected} onChanged={retry} />
      )}
    </main>
  );
}

function OneCampaign(props: {
  readonly cloud: CloudClient;
  readonly cars: readonly { readonly vehicle: string; readonly name: string }[];
  readonly id: string;
  readonly onChanged: () => void;
}): ReactElement {
  const { cloud, id } = props;
  const say = useWords(words);
  const [isEditing, setEditing] = useState(false);
  const load = useCallback(() => readCampaign(cloud, id), [cloud, id]);
  const [campaign, retry] = useRepeated(load);
  const close = () => goTo({ page: "campaigns", campaign: undefined });
  const changed = (_campaign: CampaignDetail) => {
    setEditing(false);
    retry();
    props.onChanged();
  };
  if (campaign?.kind === "answer" && isEditing) {
    return (
      <CampaignForm
        cloud={cloud}
        cars={props.cars}
        campaign={campaign.value}
        onClose={() => setEditing(false)}
        onSent={changed}
      />
    );
  }
  if (campaign?.kind === "answer") {
    return (
      <CampaignPanel
        cloud={cloud}
        campaign={campaign.value}
        onEdit={() => setEditing(true)}
        onChanged={changed}
        onClose={close}
      />
    );
  }
  return (
    <aside className="console-panel">
      {campaign === undefined ? (
        <Skeleton label={say.loading} rows={4} />
      ) : (
        <EmptyState icon="search" title={say.unknown} action={{ label: say.close, onPress: close }} />
      )}
    </aside>
  );
}

function CampaignTable(props: {
  readonly campaigns: readonly CampaignSummary[];
  readonly selected: string | undefined;
  readonly onSelect: (id: string) => void;
}): ReactElement {
  const say = useWords(words);
  return (
    <div className="console-table-scroll">
      <table className="console-table">
        <thead>
          <tr>
            {[say.name, say.when, say.purpose, say.cars, say.state].map((label) => (
              <th key={label} scope="col">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {props.campaigns.map(({ id, wish, cars, state }) => {
            const all = Object.values(cars).reduce((sum, count) => sum + count, 0);
            return (
              <tr
                key={id}
                data-selected={id === props.selected}
                data-old={state !== "running"}
                onClick={() => props.onSelect(id)}
              >
                <td>
                  <button type="button" className="console-name" onClick={() => props.onSelect(id)}>
                    {wish.name}
                  </button>
                </td>
                <td className="console-campaign-when">
                  {wish.when.kind === "time"
                    ? say.summaryTime
                    : say.summaryCondition({ expression: wish.when.expression })}
                </td>
                <td>{say.purposes({ name: wish.purpose })}</td>
                <td>{say.runningIn({ running: cars.running, all })}</td>
                <td>{say.states({ state })}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

/** Loads at once and again every few seconds; what was loaded stays until there is something newer. The second answer loads now. */
function useRepeated<T>(load: () => Promise<Loaded<T>>): readonly [Loaded<T> | undefined, () => void] {
  const [loaded, setLoaded] = useState<Loaded<T>>();
  const look = useCallback(() => {
    const take = async () => {
      const next = await load();
      setLoaded((before) => (next.kind === "failed" && before?.kind === "answer" ? before : next));
    };
    void take();
  }, [load]);
  useEffect(() => {
    look();
    const timer = setInterval(look, lookEveryMs);
    return () => clearInterval(timer);
  }, [look]);
  return [loaded, look];
}
