import type { CloudClient } from "@caravan/link";
import type { CampaignDetail } from "@caravan/link/campaigns";
import { Button, IconButton, Toast, useScreen, useWords } from "@caravan/ui";
import { useState, type ReactElement } from "react";
import { runCampaign } from "./campaign-api.ts";
import { saidOf } from "./car-state.ts";
import { words } from "./words.ts";

/** One campaign: what it asks for, and how each of its cars stands with it. */
export function CampaignPanel(props: {
  readonly cloud: CloudClient;
  readonly campaign: CampaignDetail;
  readonly onEdit: () => void;
  readonly onChanged: (campaign: CampaignDetail) => void;
  readonly onClose: () => void;
}): ReactElement {
  const { campaign, cloud } = props;
  const { wish } = campaign;
  const say = useWords(words);
  const { formats } = useScreen();
  const [problem, setProblem] = useState<string>();
  const isRunning = campaign.state !== "stopped";
  const turn = async () => {
    const asked = await runCampaign(cloud, campaign.id, !isRunning);
    if (asked.kind === "failed") setProblem(asked.message ?? say.notDone);
    else props.onChanged(asked.value);
  };
  return (
    <aside className="console-panel" aria-label={wish.name}>
      <header className="console-panel-head">
        <div>
          <h1>{wish.name}</h1>
          <p className="console-quiet">
            {`${say.states({ state: campaign.state })} · ${say.revision({ revision: campaign.revision })} · ${formats.dateTime(campaign.changedAt)}`}
          </p>
        </div>
        <IconButton icon="close" label={say.close} onPress={props.onClose} />
      </header>
      <dl className="console-facts">
        <Fact name={say.purpose} text={say.purposes({ name: wish.purpose })} />
        <Fact name={say.priority} text={say.classes({ name: wish.class })} />
        <Fact name={say.until} text={wish.until === undefined ? say.untilNone : formats.dateTime(wish.until)} />
      </dl>
      {wish.when.kind === "time" ? (
        <p>{say.summaryTime}</p>
      ) : (
        <>
          <code className="console-expression">{wish.when.expression}</code>
          <p className="console-quiet">
            {`${wish.when.on === "rising" ? say.onRising : say.onAlways} · ${say.pre} ${wish.when.preMs / 1_000} · ${say.post} ${wish.when.postMs / 1_000}`}
          </p>
        </>
      )}
      <div className="console-campaign-actions">
        <Button icon="edit" onPress={props.onEdit}>
          {say.edit}
        </Button>
        <Button onPress={() => void turn()}>{isRunning ? say.stop : say.run}</Button>
      </div>
      <h2>{say.cars}</h2>
      {campaign.list.length === 0 ? <p className="console-quiet">{say.nobody}</p> : null}
      <ul className="console-campaign-cars">
        {campaign.list.map((car) => (
          <li key={car.vehicle} data-state={car.state.kind}>
            <span>{car.name}</span>
            <span>{say.carState(saidOf(car.state))}</span>
            <span className="console-quiet">{say.figures(car)}</span>
          </li>
        ))}
      </ul>
      <h2>{say.signals}</h2>
      <ul className="console-campaign-rules">
        {wish.rules.map((rule) => (
          <li key={`${rule.match} ${rule.only ?? ""}`}>
            <code>{rule.match}</code>
            <span className="console-quiet">{rule.never === true ? "–" : `${rule.everyMs / 1_000} s`}</span>
          </li>
        ))}
      </ul>
      {problem === undefined ? null : <Toast text={problem} tone="caution" onClose={() => setProblem(undefined)} />}
    </aside>
  );
}

function Fact(props: { readonly name: string; readonly text: string }): ReactElement {
  return (
    <div>
      <dt>{props.name}</dt>
      <dd>{props.text}</dd>
    </div>
  );
}
