import type { Graph } from "../city.ts";
import { keyOf } from "./choice.ts";
import type { MetricChoice } from "./choice.ts";
import { edgeCostsOf } from "./costs.ts";
import type { Conditions } from "./costs.ts";
import type { Hierarchy } from "./hierarchy.ts";
import { customize } from "./metric.ts";
import type { Metric } from "./metric.ts";

interface Shelved {
  readonly key: string;
  readonly choice: MetricChoice;
  readonly metric: Metric;
}

/** New conditions on their way: the metrics that are being made for them. */
interface Change {
  readonly conditions: Conditions;
  readonly metrics: Shelved[];
  readonly work: Generator<void, void>;
}

/** So many metrics are kept, those asked for last; each takes 4 bytes for every arc of the hierarchy. */
const mostMetrics = 4;

/** So many of them are made ready for new conditions before these count; the others are made when they are asked for. */
const mostRenewed = 2;

/** The metrics in use. New conditions are worked in slice by slice while the old ones hold, and then count for all questions at once. */
export class MetricShelf {
  private readonly graph: Graph;
  private readonly hierarchy: Hierarchy;
  /** Least recently used first. */
  private shelf: Shelved[] = [];
  private readonly spare: { readonly up: Int32Array; readonly down: Int32Array }[] = [];
  private change: Change | undefined;
  conditions: Conditions = {};

  constructor(graph: Graph, hierarchy: Hierarchy) {
    this.graph = graph;
    this.hierarchy = hierarchy;
  }

  /** The metric of a choice; makes it if it is not there, which takes a tenth of a second for a large city. */
  get(choice: MetricChoice): Metric {
    const key = keyOf(choice);
    const at = this.shelf.findIndex((shelved) => shelved.key === key);
    if (at >= 0 && at === this.shelf.length - 1) return this.shelf[at].metric;
    const known = at >= 0 ? this.shelf.splice(at, 1)[0] : this.make(key, choice);
    this.shelf.push(known);
    return known.metric;
  }

  /** Begins to work in new conditions; `advance` goes on. Earlier ones that were not ready yet are given up. */
  renew(conditions: Conditions): void {
    for (const { metric } of this.change?.metrics ?? []) this.spare.push(metric);
    const metrics: Shelved[] = [];
    this.change = { conditions, metrics, work: this.renewing(conditions, metrics) };
  }

  /** A few milliseconds of work on new conditions. False when none are on their way: those told last count. */
  advance(): boolean {
    const { change } = this;
    if (change === undefined) return false;
    if (change.work.next().done !== true) return true;
    for (const { metric } of this.shelf) this.spare.push(metric);
    this.shelf = change.metrics;
    this.conditions = change.conditions;
    this.change = undefined;
    return false;
  }

  private *renewing(conditions: Conditions, metrics: Shelved[]): Generator<void, void> {
    for (const { key, choice } of this.shelf.slice(-mostRenewed)) {
      const metric = this.blank(choice, conditions);
      metrics.push({ key, choice, metric });
      yield;
      yield* customize(this.graph, this.hierarchy, metric);
    }
  }

  private make(key: string, choice: MetricChoice): Shelved {
    const metric = this.blank(choice, this.conditions);
    const work = customize(this.graph, this.hierarchy, metric);
    while (work.next().done !== true);
    return { key, choice, metric };
  }

  /** A metric to be filled, in memory that nobody uses any more where there is some. */
  private blank(choice: MetricChoice, conditions: Conditions): Metric {
    const inUse = this.shelf.length + (this.change?.metrics.length ?? 0);
    const oldest = this.shelf.length > mostRenewed || this.change === undefined ? this.shelf[0] : undefined;
    if (this.spare.length === 0 && inUse >= mostMetrics && oldest !== undefined) {
      this.shelf.shift();
      this.spare.push(oldest.metric);
    }
    const { up, down } = this.spare.pop() ?? {
      up: new Int32Array(this.hierarchy.up.to.length),
      down: new Int32Array(this.hierarchy.down.to.length),
    };
    return { costs: edgeCostsOf(this.graph, choice, conditions), up, down };
  }
}
