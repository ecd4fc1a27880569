import { campaignLimits, CampaignWish, checkExpression, matchesPath } from "@caravan/link/campaigns";
import type { BatchClass, ExpressionFault, Purpose } from "@caravan/link/campaigns";
import { catalogue } from "@caravan/signals";
import { Value } from "typebox/value";

/** A campaign while somebody writes it: everything as it stands in the form. */
export interface Draft {
  readonly name: string;
  readonly rules: readonly DraftRule[];
  readonly kind: "time" | "condition";
  readonly expression: string;
  readonly on: "rising" | "always";
  readonly pre: string;
  readonly post: string;
  readonly class: BatchClass;
  readonly purpose: Purpose;
  /** As a `datetime-local` field writes it, in local time; empty: until it is stopped. */
  readonly until: string;
  readonly whom: "all" | readonly string[];
}

export interface DraftRule {
  readonly match: string;
  readonly every: string;
  readonly deadband: string;
  /** What the form does not show of a rule, kept as it was. */
  readonly rest: Partial<CampaignWish["rules"][number]>;
}

export const emptyRule: DraftRule = { match: "", every: "1", deadband: "", rest: {} };

export const emptyDraft: Draft = {
  name: "",
  rules: [{ ...emptyRule, match: "Vehicle.Speed" }],
  kind: "condition",
  expression: "Vehicle.Speed > 100",
  on: "rising",
  pre: "10",
  post: "10",
  class: "trip",
  purpose: "service",
  until: "",
  whom: "all",
};

const usualRefreshMs = 15 * 60_000;

export function draftOf(wish: CampaignWish, whom: Draft["whom"]): Draft {
  const { name, rules, when } = wish;
  const condition = when.kind === "condition" ? when : undefined;
  return {
    name,
    rules: rules.map(({ match, everyMs, deadband, ...rest }) => ({
      match,
      every: String(everyMs / 1_000),
      deadband: deadband === undefined ? "" : String(deadband),
      rest,
    })),
    kind: when.kind,
    expression: condition?.expression ?? "",
    on: condition?.on ?? "rising",
    pre: String((condition?.preMs ?? 10_000) / 1_000),
    post: String((condition?.postMs ?? 10_000) / 1_000),
    class: wish.class,
    purpose: wish.purpose,
    until: wish.until === undefined ? "" : localTime(wish.until),
    whom,
  };
}

/** The wish that a draft stands for; undefined while something is missing or does not fit. */
export function wishOf(draft: Draft): CampaignWish | undefined {
  const seconds = (text: string) => (text.trim() === "" ? Number.NaN : Math.round(Number(text) * 1_000));
  const until = draft.until === "" ? undefined : new Date(draft.until).getTime();
  const wish = {
    name: draft.name.trim(),
    rules: draft.rules.map(({ match, every, deadband, rest }) => ({
      ...rest,
      match: match.trim(),
      everyMs: seconds(every),
      ...(deadband.trim() === "" ? {} : { deadband: Number(deadband) }),
    })),
    when:
      draft.kind === "time"
        ? { kind: "time", refreshMs: usualRefreshMs }
        : {
            kind: "condition",
            expression: draft.expression,
            on: draft.on,
            preMs: seconds(draft.pre),
            postMs: seconds(draft.post),
          },
    class: draft.class,
    purpose: draft.purpose,
    ...(until === undefined ? {} : { until }),
  };
  if (draft.kind === "condition" && faultOf(draft.expression) !== undefined) return undefined;
  if (draft.rules.some(({ match }) => matching(match).length === 0)) return undefined;
  if (draft.whom !== "all" && draft.whom.length === 0) return undefined;
  return Value.Check(CampaignWish, wish) ? wish : undefined;
}

/** What is wrong with a condition, or undefined where nothing is. */
export function faultOf(expression: string): ExpressionFault | undefined {
  const checked = checkExpression(expression, (path) => catalogue.find(path));
  return checked.kind === "failed" ? checked.fault : undefined;
}

/** The signals that a pattern names. */
export function matching(pattern: string): readonly string[] {
  const trimmed = pattern.trim();
  if (trimmed === "") return [];
  return catalogue.signals.filter(({ path }) => matchesPath(trimmed, path)).map(({ path }) => path);
}

/** The signals a condition names so far, each with its unit, to be shown beside it. */
export function unitsIn(expression: string): readonly { readonly path: string; readonly unit: string }[] {
  const words = new Set(expression.match(/Vehicle(?:\.[A-Za-z0-9_]+)+/g));
  return [...words].slice(0, campaignLimits.inOneCar).flatMap((path) => {
    const signal = catalogue.find(path);
    return signal === undefined ? [] : [{ path, unit: signal.unit ?? signal.allowed?.join(" | ") ?? signal.datatype }];
  });
}

/** Paths that begin like what was typed, for a list of suggestions. */
export function suggestions(typed: string): readonly string[] {
  const wanted = typed.trim().toLowerCase();
  if (wanted.length < 3) return [];
  return catalogue.signals
    .filter(({ path }) => path.toLowerCase().includes(wanted))
    .slice(0, 30)
    .map(({ path }) => path);
}

function localTime(utc: number): string {
  const offsetMs = new Date(utc).getTimezoneOffset() * 60_000;
  return new Date(utc - offsetMs).toISOString().slice(0, 16);
}
