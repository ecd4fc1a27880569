import type { City } from "../src/city.ts";
import type { EdgeEnd } from "../src/engine/choice.ts";
import { costUpTo, edgeMark, turnCost } from "../src/engine/costs.ts";
import type { EdgeCosts } from "../src/engine/costs.ts";

/** Both directions of the road of an edge, as for an address on it. */
export function endsAt({ graph }: City, edge: number, share: number, bothWays: boolean): readonly EdgeEnd[] {
  const road = graph.edgeRoad[edge];
  const forward = graph.roadForward[road];
  const backward = graph.roadBackward[road];
  const other = edge === forward ? backward : forward;
  return other >= 0 && bothWays
    ? [
        { edge, share },
        { edge: other, share: 1 - share },
      ]
    : [{ edge, share }];
}

/** What a path costs by its turns and edges; throws where it is none. */
export function costAlong(
  { graph }: City,
  costs: EdgeCosts,
  states: readonly number[],
  starts: readonly EdgeEnd[],
  goals: readonly EdgeEnd[],
): number {
  const first = graph.stateEdge[states[0]];
  const last = graph.stateEdge[states[states.length - 1]];
  const start = starts.find(({ edge }) => edge === first);
  const goal = goals.find(({ edge }) => edge === last);
  if (start === undefined || goal === undefined) throw new Error("the path does not join the ends");
  let cost = costUpTo(costs, goal) - costUpTo(costs, start);
  for (let i = 1; i < states.length; i++) {
    const from = graph.stateEdge[states[i - 1]];
    if (i > 1 && (costs.marks[from] & edgeMark.closed) !== 0) throw new Error("the path drives through a closed road");
    const turns = Array.from(
      { length: graph.turnFirst[states[i - 1] + 1] - graph.turnFirst[states[i - 1]] },
      (_, k) => graph.turnFirst[states[i - 1]] + k,
    ).filter((turn) => graph.turnTo[turn] === states[i]);
    if (turns.length === 0) throw new Error("the path turns where there is no turn");
    cost +=
      costs.edge[from] +
      Math.min(...turns.map((turn) => turnCost(graph, costs, turn, from, graph.stateEdge[states[i]])));
  }
  return cost;
}
