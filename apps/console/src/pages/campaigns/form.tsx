import type { CloudClient } from "@caravan/link";
import { batchClasses, expressionLimits, purposes } from "@caravan/link/campaigns";
import type { CampaignDetail } from "@caravan/link/campaigns";
import { Button, IconButton, Segmented, TextField, useWords } from "@caravan/ui";
import { useId, useState, type ReactElement } from "react";
import { sendCampaign } from "./campaign-api.ts";
import { draftOf, emptyDraft, emptyRule, faultOf, matching, suggestions, unitsIn, wishOf } from "./draft.ts";
import type { Draft, DraftRule } from "./draft.ts";
import { words } from "./words.ts";

/** Writes a campaign, or a new edition of one; every part is checked while it is written. */
export function CampaignForm(props: {
  readonly cloud: CloudClient;
  readonly cars: readonly { readonly vehicle: string; readonly name: string }[];
  /** Undefined for a new one. */
  readonly campaign: CampaignDetail | undefined;
  readonly onClose: () => void;
  readonly onSent: (campaign: CampaignDetail) => void;
}): ReactElement {
  const { campaign, cloud } = props;
  const say = useWords(words);
  const [draft, setDraft] = useState<Draft>(() =>
    campaign === undefined ? emptyDraft : draftOf(campaign.wish, campaign.vehicles),
  );
  const [problem, setProblem] = useState<string>();
  const [isSending, setSending] = useState(false);
  const change = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }));
  const wish = wishOf(draft);
  const send = async () => {
    if (wish === undefined) return;
    setSending(true);
    const asked = await sendCampaign(cloud, campaign?.id, wish, draft.whom);
    setSending(false);
    if (asked.kind === "answer") props.onSent(asked.value);
    else setProblem(asked.message ?? say.notDone);
  };
  return (
    <aside className="console-panel console-campaign-form" aria-label={campaign === undefined ? say.add : say.edit}>
      <header className="console-panel-head">
        <h1>{campaign === undefined ? say.add : say.edit}</h1>
        <IconButton icon="close" label={say.close} onPress={props.onClose} />
      </header>
      <TextField label={say.name} value={draft.name} maxLength={80} onChange={(name) => change({ name })} />
      <h2>{say.when}</h2>
      <Segmented
        label={say.when}
        value={draft.kind}
        choices={[
          { value: "condition", label: say.byCondition },
          { value: "time", label: say.byTime },
        ]}
        onChange={(kind) => change({ kind })}
      />
      {draft.kind === "condition" ? <Condition draft={draft} onChange={change} /> : null}
      <h2>{say.signals}</h2>
      {draft.rules.map((rule, index) => (
        <Rule
          // Rows have no name of their own; they are only added at the end and taken out by hand.
          key={index}
          rule={rule}
          canRemove={draft.rules.length > 1}
          onChange={(next) => change({ rules: draft.rules.with(index, next) })}
          onRemove={() => change({ rules: draft.rules.toSpliced(index, 1) })}
        />
      ))}
      <Button icon="plus" onPress={() => change({ rules: [...draft.rules, emptyRule] })}>
        {say.addRule}
      </Button>
      <Choose
        label={say.purpose}
        value={draft.purpose}
        values={purposes}
        name={(name) => say.purposes({ name })}
        onChange={(purpose) => change({ purpose })}
      />
      <Choose
        label={say.priority}
        value={draft.class}
        values={batchClasses}
        name={(name) => say.classes({ name })}
        onChange={(name) => change({ class: name })}
      />
      <Field label={say.until} kind="datetime-local" value={draft.until} onChange={(until) => change({ until })} />
      <h2>{say.cars}</h2>
      <Whom cars={props.cars} whom={draft.whom} onChange={(whom) => change({ whom })} />
      <p className="console-quiet">{say.mayTakeMinutes}</p>
      {problem === undefined ? null : (
        <p role="alert" className="console-campaign-problem">
          {problem}
        </p>
      )}
      <div className="console-campaign-actions">
        <Button kind="primary" icon="send" disabled={wish === undefined || isSending} onPress={() => void send()}>
          {say.send}
        </Button>
        <Button onPress={props.onClose}>{say.cancel}</Button>
      </div>
    </aside>
  );
}

function Condition(props: { readonly draft: Draft; readonly onChange: (part: Partial<Draft>) => void }): ReactElement {
  const { draft, onChange } = props;
  const say = useWords(words);
  const id = useId();
  const fault = faultOf(draft.expression);
  return (
    <>
      <div className="ui-field">
        <label htmlFor={id}>{say.condition}</label>
        <textarea
          id={id}
          className="console-expression"
          rows={3}
          maxLength={expressionLimits.characters}
          spellCheck={false}
          placeholder={say.conditionHint}
          value={draft.expression}
          aria-invalid={fault !== undefined}
          aria-describedby={`${id}-said`}
          onChange={(event) => onChange({ expression: event.currentTarget.value })}
        />
        <p id={`${id}-said`} className="console-expression-said" data-good={fault === undefined} role="status">
          {fault === undefined ? say.good : `${say.here({ at: fault.at + 1 })}: ${say.fault(fault)}`}
        </p>
        {fault === undefined ? null : (
          // The text once more, with the place of the fault underlined.
          <code className="console-expression-place" aria-hidden="true">
            {draft.expression.slice(0, fault.at)}
            <mark>{draft.expression.slice(fault.at, fault.at + Math.max(1, fault.length)) || " "}</mark>
            {draft.expression.slice(fault.at + Math.max(1, fault.length))}
          </code>
        )}
        <ul className="console-campaign-units">
          {unitsIn(draft.expression).map(({ path, unit }) => (
            <li key={path}>
              <code>{path}</code> <span className="console-quiet">{unit}</span>
            </li>
          ))}
        </ul>
      </div>
      <Segmented
        label={say.when}
        value={draft.on}
        choices={[
          { value: "rising", label: say.onRising },
          { value: "always", label: say.onAlways },
        ]}
        onChange={(on) => onChange({ on })}
      />
      <div className="console-campaign-pair">
        <Field label={say.pre} kind="number" value={draft.pre} onChange={(pre) => onChange({ pre })} />
        <Field label={say.post} kind="number" value={draft.post} onChange={(post) => onChange({ post })} />
      </div>
    </>
  );
}

function Rule(props: {
  readonly rule: DraftRule;
  readonly canRemove: boolean;
  readonly onChange: (rule: DraftRule) => void;
  readonly onRemove: () => void;
}): ReactElement {
  const { rule, onChange } = props;
  const say = useWords(words);
  const list = useId();
  const found = matching(rule.match);
  return (
    <fieldset className="console-campaign-rule">
      <Field
        label={say.rule}
        kind="text"
        value={rule.match}
        list={list}
        onChange={(match) => onChange({ ...rule, match })}
      />
      <datalist id={list}>
        {suggestions(rule.match).map((path) => (
          <option key={path} value={path} />
        ))}
      </datalist>
      <Field label={say.every} kind="number" value={rule.every} onChange={(every) => onChange({ ...rule, every })} />
      <Field
        label={say.deadband}
        kind="number"
        value={rule.deadband}
        onChange={(deadband) => onChange({ ...rule, deadband })}
      />
      {props.canRemove ? <IconButton icon="bin" label={say.removeRule} onPress={props.onRemove} /> : null}
      <p className="console-quiet" role="status">
        {rule.match.trim() === "" ? "" : say.matches({ count: found.length, first: found.slice(0, 3).join(", ") })}
      </p>
    </fieldset>
  );
}

function Whom(props: {
  readonly cars: readonly { readonly vehicle: string; readonly name: string }[];
  readonly whom: Draft["whom"];
  readonly onChange: (whom: Draft["whom"]) => void;
}): ReactElement {
  const { whom, onChange } = props;
  const say = useWords(words);
  return (
    <>
      <Segmented
        label={say.cars}
        value={whom === "all" ? "all" : "some"}
        choices={[
          { value: "all", label: say.allCars },
          { value: "some", label: say.someCars },
        ]}
        onChange={(value) => onChange(value === "all" ? "all" : [])}
      />
      {whom === "all" ? null : (
        <ul className="console-campaign-cars">
          {props.cars.map(({ vehicle, name }) => (
            <li key={vehicle}>
              <label>
                <input
                  type="checkbox"
                  checked={whom.includes(vehicle)}
                  onChange={(event) =>
                    onChange(
                      event.currentTarget.checked ? [...whom, vehicle] : whom.filter((other) => other !== vehicle),
                    )
                  }
                />
                {name}
              </label>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function Field(props: {
  readonly label: string;
  readonly kind: "text" | "number" | "datetime-local";
  readonly value: string;
  readonly list?: string;
  readonly onChange: (value: string) => void;
}): ReactElement {
  const id = useId();
  return (
    <div className="ui-field">
      <label htmlFor={id}>{props.label}</label>
      <div className="ui-field-box">
        <input
          id={id}
          type={props.kind}
          value={props.value}
          list={props.list}
          min={props.kind === "number" ? 0 : undefined}
          step={props.kind === "number" ? "any" : undefined}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => props.onChange(event.currentTarget.value)}
        />
      </div>
    </div>
  );
}

function Choose<Value extends string>(props: {
  readonly label: string;
  readonly value: Value;
  readonly values: readonly Value[];
  readonly name: (value: Value) => string;
  readonly onChange: (value: Value) => void;
}): ReactElement {
  const id = useId();
  return (
    <div className="ui-field">
      <label htmlFor={id}>{props.label}</label>
      <div className="ui-field-box">
        <select
          id={id}
          value={props.value}
          onChange={(event) => {
            const chosen = props.values.find((value) => value === event.currentTarget.value);
            if (chosen !== undefined) props.onChange(chosen);
          }}
        >
          {props.values.map((value) => (
            <option key={value} value={value}>
              {props.name(value)}
            </option>
          ))}
        </select>
      </div>
    </div>
  );
}
