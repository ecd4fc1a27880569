import type { Samples } from "@caravan/link";
import { checkExpression, ruleFor } from "@caravan/link/campaigns";
import type { Campaign, CampaignState } from "@caravan/link/campaigns";
import type { Store } from "@caravan/signals";
import { ConditionSampler } from "./condition-sampler.ts";
import { Sampler } from "./sampler.ts";

/** What samples for a campaign while it runs. */
interface Sampling {
  start(): void;
  stop(): void;
  take(monotonicMs: number): Samples | undefined;
  readonly held?: () => boolean;
  readonly triggers?: () => number;
  readonly dropped?: () => number;
}

export interface RunParts {
  readonly store: Store;
  readonly monotonic: () => number;
}

/** One campaign in this car: whether it runs, why it does not, and what it has sampled. */
export class CampaignRun {
  readonly campaign: Campaign;
  state: CampaignState;
  samples = 0;
  readonly #sampling: Sampling | undefined;
  #isRunning = false;

  /** `held`: was its condition true when the car computer was stopped? */
  constructor(parts: RunParts, campaign: Campaign, held: boolean) {
    this.campaign = campaign;
    const made = samplingOf(parts, campaign, held);
    this.#sampling = "kind" in made ? undefined : made;
    this.state = "kind" in made ? made : { kind: "running" };
  }

  /** Starts or stops it, as consent and time say; answers whether its state changed. */
  settle(now: number, mayRun: boolean): boolean {
    if (this.#sampling === undefined) return false;
    const { until } = this.campaign;
    const isOver = until !== undefined && now >= until;
    const next: CampaignState = isOver
      ? { kind: "expired" }
      : mayRun
        ? { kind: "running" }
        : {
            kind: "refused",
            why: "consent",
            detail: "The car's owner or the people in it do not consent to this purpose.",
          };
    const changed = next.kind !== this.state.kind;
    this.state = next;
    const isOn = next.kind === "running";
    if (isOn !== this.#isRunning) {
      if (isOn) this.#sampling.start();
      else this.#sampling.stop();
      this.#isRunning = isOn;
    }
    return changed;
  }

  take(monotonicMs: number): Samples | undefined {
    const samples = this.#isRunning ? this.#sampling?.take(monotonicMs) : undefined;
    this.samples += samples?.path.length ?? 0;
    return samples;
  }

  stop(): void {
    if (this.#isRunning) this.#sampling?.stop();
    this.#isRunning = false;
  }

  held(): boolean {
    return this.#sampling?.held?.() ?? false;
  }

  triggers(): number {
    return this.#sampling?.triggers?.() ?? 0;
  }

  dropped(): number {
    return this.#sampling?.dropped?.() ?? 0;
  }
}

function samplingOf(
  { store, monotonic }: RunParts,
  { rules, when }: Campaign,
  held: boolean,
): Sampling | (CampaignState & { readonly kind: "refused" }) {
  const { catalogue } = store;
  if (!catalogue.signals.some((signal) => ruleFor(rules, signal) !== undefined)) {
    return { kind: "refused", why: "no-such-signal", detail: "No signal of this car fits the campaign's rules." };
  }
  if (when.kind === "time") return new Sampler({ store, rules, refreshMs: when.refreshMs });
  const checked = checkExpression(when.expression, (path) => catalogue.find(path));
  if (checked.kind === "failed") {
    const { at, message } = checked.fault;
    return { kind: "refused", why: "expression", detail: `At character ${at + 1}: ${message}`.slice(0, 300) };
  }
  return new ConditionSampler({ store, monotonic, rules, expression: checked.expression, terms: when, held });
}
