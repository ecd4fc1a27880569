import type { Graph } from "../city.ts";
import { wayOfEdge } from "../graph/edge-facts.ts";
import { areOneStreet, isNameless } from "./names.ts";
import type { Step } from "./steps.ts";

/** What is known of the names of steps. */
export class StepNames {
  private readonly graph: Graph;

  constructor(graph: Graph) {
    this.graph = graph;
  }

  /** Both have a name or number, and it is the same one. */
  areOne(a: Step, b: Step): boolean {
    return areOneStreet(this.graph, this.way(a), this.way(b));
  }

  /** The very same name, or none on either. */
  areEqual(a: Step, b: Step): boolean {
    const { wayName, wayRef } = this.graph;
    const [one, other] = [this.way(a), this.way(b)];
    return wayName[one] === wayName[other] && wayRef[one] === wayRef[other];
  }

  isNameless(step: Step): boolean {
    return isNameless(this.graph, this.way(step));
  }

  private way(step: Step): number {
    return wayOfEdge(this.graph, step.named);
  }
}
