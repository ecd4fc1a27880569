/** The value below which this share (0 to 1) of them lies. */
export function share(values: readonly number[], part: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor(part * (values.length - 1))] ?? Number.NaN;
}

/** Milliseconds that each of the calls takes. */
export function timed(count: number, call: (i: number) => void): readonly number[] {
  return Array.from({ length: count }, (_, i) => {
    const start = performance.now();
    call(i);
    return performance.now() - start;
  });
}

/** Numbers from 0 to 1, the same each time (Numerical Recipes' linear congruence). */
export function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
