/** Values grouped by row, without an array for each: those of row r are `values[first[r]]` to `values[first[r + 1]]` (exclusive). */
export interface Rows {
  readonly first: Uint32Array;
  readonly values: Uint32Array;
}

/** Groups the numbers 0, 1, 2, ... by the row each belongs to, keeping their order within a row. */
export function groupByRow(rowCount: number, rowOf: Uint32Array): Rows {
  const first = new Uint32Array(rowCount + 1);
  for (const row of rowOf) first[row + 1] = first[row + 1] + 1;
  for (let row = 0; row < rowCount; row++) first[row + 1] = first[row + 1] + first[row];
  const next = first.slice(0, rowCount);
  const values = new Uint32Array(rowOf.length);
  for (let i = 0; i < rowOf.length; i++) {
    const row = rowOf[i];
    const at = next[row];
    values[at] = i;
    next[row] = at + 1;
  }
  return { first, values };
}
