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

interface Partial {
  readonly cost: number;
  readonly paths: readonly ChainedPath[];
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
  find: FindPath,
  edgeOfState: Uint32Array,
  stops: readonly StopOnRoad[],
  straight: boolean,
): readonly ChainedPath[] | undefined {
  function step(starts: readonly EdgeEnd[], goals: readonly EdgeEnd[]): ChainedPath | undefined {
    const path = find(starts, goals);
    return path === undefined ? undefined : chained(path, edgeOfState, starts, goals);
  }

  function better(best: Partial | undefined, before: Partial, next: ChainedPath | undefined): Partial | undefined {
    if (next === undefined) return best;
    const cost = before.cost + next.path.cost;
    return best === undefined || cost < best.cost ? { cost, paths: [...before.paths, next] } : best;
  }

  let open: readonly Partial[] = [{ cost: 0, paths: [] }];
  for (let i = 1; i < stops.length; i++) {
    const ends = stops[i].ends;
    // Where the direction of arrival matters to what follows, each is kept with its own best way.
    const goals = straight && i < stops.length - 1 ? ends.map((end) => [end]) : [ends];
    const reached: Partial[] = [];
    for (const goal of goals) {
      let best: Partial | undefined;
      for (const before of open) {
        const last = before.paths.at(-1)?.goal;
        const starts = last === undefined || !straight ? stops[i - 1].ends : [last];
        best = better(best, before, step(starts, goal));
      }
      if (best !== undefined) reached.push(best);
    }
    if (reached.length === 0 && straight) {
      for (const before of open) {
        const best = better(undefined, before, step(stops[i - 1].ends, ends));
        if (best !== undefined) reached.push(best);
      }
    }
    if (reached.length === 0) return undefined;
    open = reached;
  }
  return open.reduce((best, one) => (one.cost < best.cost ? one : best)).paths;
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
