import type { CloudClient } from "@caravan/link";
import { purposes, VehicleCampaigns } from "@caravan/link/campaigns";
import type { Purpose } from "@caravan/link/campaigns";
import { ErrorState, Segmented, Skeleton, Toast, Toggle, useLoaded, useScreen, useWords } from "@caravan/ui";
import Type from "typebox";
import type { Static } from "typebox";
import { Value } from "typebox/value";
import { useCallback, useState, type ReactElement } from "react";
import { goTo, writeAddress } from "../../../address.ts";
import { saidOf } from "../../campaigns/car-state.ts";
import { words as campaignWords } from "../../campaigns/words.ts";
import { words } from "./words.ts";
import "./link.css";

const Gaps = Type.Object({
  gaps: Type.Array(
    Type.Object({
      kind: Type.String(),
      firstSeq: Type.Number(),
      lastSeq: Type.Number(),
      foundAt: Type.Number(),
      class: Type.Optional(Type.String()),
      fromAt: Type.Optional(Type.Number()),
      toAt: Type.Optional(Type.Number()),
    }),
  ),
});
const gapDays = 30;
const dayMs = 86_400_000;
const spans = ["1", "7", "31"] as const;

const isGaps = (body: unknown): body is Static<typeof Gaps> => Value.Check(Gaps, body);
const isCampaigns = (body: unknown): body is VehicleCampaigns => Value.Check(VehicleCampaigns, body);
const isNothing = (body: unknown): body is undefined => body === undefined;

/** What a car sends and for what, what its owner allows, what did not come in its order, and everything as a file. */
export function LinkView(props: { readonly cloud: CloudClient; readonly vehicle: string }): ReactElement {
  const { cloud, vehicle } = props;
  const address = `/api/vehicles/${encodeURIComponent(vehicle)}`;
  return (
    <div className="vehicle-link">
      <Sending cloud={cloud} address={address} />
      <GapList cloud={cloud} address={address} />
      <Export address={address} />
    </div>
  );
}

function Sending(props: { readonly cloud: CloudClient; readonly address: string }): ReactElement {
  const { cloud, address } = props;
  const say = useWords(words);
  const sayCampaign = useWords(campaignWords);
  const [problem, setProblem] = useState(false);
  const load = useCallback(() => cloud.request("GET", `${address}/campaigns`, isCampaigns), [cloud, address]);
  const [asked, retry] = useLoaded(load);
  if (asked === undefined) return <Skeleton label={say.loading} rows={4} />;
  if (asked.kind === "failed") {
    return <ErrorState title={say.failed} action={{ label: say.retry, onPress: retry }} />;
  }
  const { campaigns, consents } = asked.value;
  const consent = async (purpose: Purpose, given: boolean) => {
    const outcome = await cloud.request("PUT", `${address}/consents`, isNothing, { purpose, given });
    setProblem(outcome.kind === "failed");
    retry();
  };
  return (
    <>
      <h2>{say.campaigns}</h2>
      {campaigns.length === 0 ? <p className="console-quiet">{say.noCampaigns}</p> : null}
      <ul>
        {campaigns.map(({ id, name, purpose, state }) => (
          <li key={id}>
            <a
              href={writeAddress({ page: "campaigns", campaign: id })}
              onClick={(event) => {
                if (event.metaKey || event.ctrlKey || event.shiftKey) return;
                event.preventDefault();
                goTo({ page: "campaigns", campaign: id });
              }}
            >
              {name}
            </a>
            <span>{sayCampaign.purposes({ name: purpose })}</span>
            <span className="console-quiet">{sayCampaign.carState(saidOf(state))}</span>
          </li>
        ))}
      </ul>
      <h2>{say.consents}</h2>
      {purposes.map((purpose) => (
        <Toggle
          key={purpose}
          label={sayCampaign.purposes({ name: purpose })}
          checked={consents[purpose].owner}
          {...(consents[purpose].car === false ? { detail: say.carRefuses } : {})}
          onChange={(given) => void consent(purpose, given)}
        />
      ))}
      {problem ? <Toast text={say.notDone} tone="caution" onClose={() => setProblem(false)} /> : null}
    </>
  );
}

function GapList(props: { readonly cloud: CloudClient; readonly address: string }): ReactElement {
  const { cloud, address } = props;
  const say = useWords(words);
  const { formats } = useScreen();
  const load = useCallback(() => {
    const to = Date.now() + dayMs;
    return cloud.request("GET", `${address}/gaps?from=${to - (gapDays + 1) * dayMs}&to=${to}`, isGaps);
  }, [cloud, address]);
  const [asked, retry] = useLoaded(load);
  return (
    <>
      <h2>{say.gaps}</h2>
      {asked === undefined ? <Skeleton label={say.loading} rows={2} /> : null}
      {asked?.kind === "failed" ? (
        <ErrorState title={say.failed} action={{ label: say.retry, onPress: retry }} />
      ) : null}
      {asked?.kind === "answer" && asked.value.gaps.length === 0 ? <p className="console-quiet">{say.noGaps}</p> : null}
      <ul>
        {asked?.kind !== "answer"
          ? null
          : asked.value.gaps.map((gap) => (
              <li key={`${gap.foundAt} ${gap.kind} ${gap.class ?? ""} ${gap.firstSeq}`} data-kind={gap.kind}>
                <span>{say.gapKind({ kind: gap.kind })}</span>
                <span>{say.batches({ count: gap.lastSeq - gap.firstSeq + 1 })}</span>
                <span className="console-quiet">
                  {gap.fromAt === undefined || gap.toAt === undefined
                    ? formats.dateTime(gap.foundAt)
                    : `${formats.dateTime(gap.fromAt)} – ${formats.dateTime(gap.toAt)}`}
                </span>
              </li>
            ))}
      </ul>
    </>
  );
}

function Export(props: { readonly address: string }): ReactElement {
  const say = useWords(words);
  const [days, setDays] = useState<(typeof spans)[number]>("1");
  const [opened] = useState(() => Date.now());
  const labels = { "1": say.day, "7": say.week, "31": say.month };
  const link = (format: string) =>
    `${props.address}/export?from=${opened - Number(days) * dayMs}&to=${opened}&format=${format}`;
  return (
    <>
      <h2>{say.export}</h2>
      <Segmented
        label={say.span}
        value={days}
        choices={spans.map((value) => ({ value, label: labels[value] }))}
        onChange={setDays}
      />
      <p className="vehicle-link-files">
        {["csv", "parquet"].map((format) => (
          <a key={format} className="ui-button" href={link(format)} download>
            {format === "csv" ? "CSV" : "Parquet"}
          </a>
        ))}
      </p>
    </>
  );
}
