import type { ValueTable } from '../kinetics/index.js';

/** For each query row the `count` known rows nearest to it, in no order; all rows of one table. */
export function nearestRows(
  table: ValueTable,
  queries: readonly number[],
  known: readonly number[],
  count: number,
): number[][] {
  return queries.map((query) => nearestTo(table, query, known, Math.min(count, known.length)));
}

function nearestTo(
  { values, width }: ValueTable,
  query: number,
  known: readonly number[],
  count: number,
): number[] {
  const rows: number[] = [];
  const distances: number[] = [];
  for (const row of known) {
    let squared = 0;
    for (let i = 0; i < width; i++) squared += (values[query * width + i] - values[row * width + i]) ** 2;
    if (rows.length === count && squared >= distances[count - 1]) continue;
    let at = rows.length < count ? rows.length : count - 1;
    for (; at > 0 && distances[at - 1] > squared; at--) {
      distances[at] = distances[at - 1];
      rows[at] = rows[at - 1];
    }
    distances[at] = squared;
    rows[at] = row;
  }
  return rows;
}
