import type { StopOnRoad } from "./stops.ts";
import type { EdgeEnd } from "../engine/choice.ts";
import type { FoundPath } from "../engine/path-search.ts";

/** The cheapest path from any of some ends to any of others. */
export type FindPath = (starts: readonly EdgeEnd[], goals: readonly EdgeEnd[]) => FoundPath | undefined;

/** A path to one stop, with the ends of edges it lies between. */
export interface ChainedPath {
  readonly path: FoundPath;
  readonly start: EdgeEnd;
  readonly goal: EdgeEnd;
}

/** What the cheapest path costs, Infinity if there is none; found in less time than the path itself. */
export type CostOfPath = (starts: readonly EdgeEnd[], goals: readonly EdgeEnd[]) => number;

/** Where each path of a chain begins and ends. */
interface Link {
  readonly starts: readonly EdgeEnd[];
  readonly goals: readonly EdgeEnd[];
}

interface Chain {
  readonly cost: number;
  readonly link: Link | undefined;
  readonly before: Chain | undefined;
}

/** The end a found path uses: that of its first (or last) edge. */
function endUsed(ends: readonly EdgeEnd[], edge: number): EdgeEnd {
  return ends.find((end) => end.edge === edge) ?? { edge, share: 0 };
}

/** A found path with the ends it lies between. */
export function chained(
  path: FoundPath,
  edgeOfState: Uint32Array,
  starts: readonly EdgeEnd[],
  goals: readonly EdgeEnd[],
): ChainedPath {
  const { states } = path;
  return {
    path,
    start: endUsed(starts, edgeOfState[states[0]]),
    goal: endUsed(goals, edgeOfState[states[states.length - 1]]),
  };
}

/**
 * The cheapest way through all stops in order; undefined if there is none. `straight`: at the stops between, the car goes on in the direction
 * it came, and turns round only where nothing else leads on.
 */
export function chainPaths(
  { find, costOf }: { readonly find: FindPath; readonly costOf: CostOfPath },
  edgeOfState: Uint32Array,
  stops: readonly StopOnRoad[],
  straight: boolean,
): readonly ChainedPath[] | undefined {
  function better(best: Chain | undefined, before: Chain, link: Link): Chain | undefined {
    const cost = before.cost + costOf(link.starts, link.goals);
    return cost < (best?.cost ?? Infinity) ? { cost, link, before } : best;
  }

  let open: readonly Chain[] = [{ cost: 0, link: undefined, before: undefined }];
  for (let i = 1; i < stops.length && stops.length > 2; i++) {
    const { ends } = stops[i];
    // Where the direction of arrival matters to what follows, each is kept with its own best way.
    const goals = straight && i < stops.length - 1 ? ends.map((end) => [end]) : [ends];
    const reached = goals.flatMap((goal) => {
      let best: Chain | undefined;
      for (const before of open) {
        const starts = straight && before.link !== undefined ? before.link.goals : stops[i - 1].ends;
        best = better(best, before, { starts, goals: goal });
      }
      return best === undefined ? [] : [best];
    });
    if (reached.length === 0 && straight) {
      for (const before of open) {
        const best = better(undefined, before, { starts: stops[i - 1].ends, goals: ends });
        if (best !== undefined) reached.push(best);
      }
    }
    if (reached.length === 0) return undefined;
    open = reached;
  }
  const links = stops.length > 2 ? linksOf(open) : [{ starts: stops[0].ends, goals: stops[1].ends }];
  const paths: ChainedPath[] = [];
  for (const { starts, goals } of links) {
    const path = find(starts, goals);
    if (path === undefined) return undefined;
    paths.push(chained(path, edgeOfState, starts, goals));
  }
  return paths;
}

/** The links of the cheapest chain, in order. */
function linksOf(chains: readonly Chain[]): readonly Link[] {
  const links: Link[] = [];
  let at: Chain | undefined = chains.reduce((best, one) => (one.cost < best.cost ? one : best));
  for (; at?.link !== undefined; at = at.before) links.push(at.link);
  return links.toReversed();
}

/** Paths leg by leg: those that meet at a silent stop belong to one leg. */
export function legsOf(paths: readonly ChainedPath[], silent: readonly number[]): readonly (readonly ChainedPath[])[] {
  const legs: ChainedPath[][] = [];
  for (const [i, path] of paths.entries()) {
    const last = legs.at(-1);
    if (last !== undefined && silent.includes(i)) last.push(path);
    else legs.push([path]);
  }
  return legs;
}
