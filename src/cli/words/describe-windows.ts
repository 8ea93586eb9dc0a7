import type { WindowsAnalysis } from '../../campaign/index.js';
import type { CombinedDeltaF } from '../../free-energy/index.js';
import { fixed, significant, withError } from '../../support/index.js';
import type { EnergyWords } from './describe-answer.js';

/** More states than this have their overlap matrix in JSON and the report alone. */
const mostStates = 12;

/** What each window brought, and how windows overlap: lines of a table. */
export function windowsLines({ windows, overlap, states }: WindowsAnalysis, cv: string): string[] {
  const names = windows.map(({ name }) => name);
  const width = Math.max(6, ...names.map((name) => name.length));
  const head = `${'window'.padEnd(width)}  frames  inefficiency  independent  mean ${cv}`;
  const rows = windows.map(({ name, analysedFrames, inefficiency, effectiveFrames, mean }) =>
    [
      name.padEnd(width),
      String(analysedFrames).padStart(6),
      significant(inefficiency, 3).padStart(12),
      fixed(effectiveFrames, 0).padStart(11),
      significant(mean, 4),
    ].join('  '),
  );
  return [head, ...rows, ...overlapLines(overlap, states)];
}

function overlapLines(overlap: WindowsAnalysis['overlap'], states: WindowsAnalysis['states']): string[] {
  if (states.length < 2) return [];
  if (states.length > mostStates)
    return [`overlap of ${states.length} states: the matrix is in --json and the report`];
  const width = Math.max(4, ...states.map(({ name }) => name.length));
  return [
    'overlap (how likely a frame of the one is to come from the other):',
    ...overlap.map(
      (row, i) =>
        `${states[i].name.padEnd(width)}  ${row.map((value) => (value < 0.0005 ? '.' : fixed(value, 3)).padStart(5)).join(' ')}`,
    ),
  ];
}

/** Estimates beside one another, and what they are together. */
export function combinedLines(
  combined: readonly CombinedDeltaF[],
  { decimals, unit }: EnergyWords,
): string[] {
  return combined.flatMap(({ from, to, estimates, value, error, reason }) => {
    const name = `ΔF(${to} − ${from})`;
    const each = estimates.map((estimate) => {
      const own =
        estimate.value === null || estimate.error === null
          ? 'not determined'
          : `${withError(estimate.value, estimate.error, decimals)}${unit}`;
      return `  ${estimate.source}: ${own}`;
    });
    const together =
      value === null || error === null
        ? `${name} of all: ${reason}`
        : `${name} of all, weighted by 1/error²: ${withError(value, error, decimals)}${unit}`;
    return [...each, together];
  });
}
