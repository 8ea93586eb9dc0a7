import * as Plot from '@observablehq/plot';
import type { StateMark } from '../report-data.js';
import { theme } from '../theme.js';

/** States where they lie on a landscape: a diamond and the name each. */
export function stateMarks(marks: readonly StateMark[]): Plot.Markish[] {
  if (marks.length === 0) return [];
  const at = { x: 'x', y: 'y' } as const;
  return [
    Plot.dot(marks, {
      ...at,
      ...{ symbol: 'diamond', stroke: theme.ink, fill: 'white', r: 4.5, strokeWidth: 1.4 },
    }),
    Plot.text(marks, {
      ...at,
      ...{ text: 'name', dy: -14, fontSize: 12, fontWeight: 600 },
      ...{ fill: theme.ink, stroke: 'white', strokeWidth: 3.5 },
    }),
  ];
}
