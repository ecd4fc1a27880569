/**
 * Closed rings out of lines that share their ends, in any order and direction (as members of a multipolygon do). Lines that close no
 * ring are left out.
 */
export function joinRings(lines: readonly Uint32Array[]): readonly Uint32Array[] {
  const rings: Uint32Array[] = [];
  const open = new Set<Uint32Array>();
  const byEnd = new Map<number, Uint32Array[]>();
  for (const line of lines) {
    if (line.length < 2) continue;
    if (line[0] === line[line.length - 1]) {
      if (line.length >= 4) rings.push(line);
      continue;
    }
    open.add(line);
    for (const end of [line[0], line[line.length - 1]]) {
      const others = byEnd.get(end);
      if (others === undefined) byEnd.set(end, [line]);
      else others.push(line);
    }
  }
  for (const seed of open) {
    open.delete(seed);
    const ring = [...seed];
    for (;;) {
      const end = ring[ring.length - 1];
      if (end === ring[0]) {
        if (ring.length >= 4) rings.push(Uint32Array.from(ring));
        break;
      }
      const next = byEnd.get(end)?.find((line) => open.has(line));
      if (next === undefined) break;
      open.delete(next);
      const onward = next[0] === end ? next : next.toReversed();
      for (let i = 1; i < onward.length; i++) ring.push(onward[i]);
    }
  }
  return rings;
}
