import type { StateOfRun, StatesOfRun } from '../../../states/index.js';
import { counted, digits, fixed, inPercent, inPicoseconds, withError } from '../../../support/index.js';
import { alignedRows, type EnergyWords } from '../../words/index.js';

/** Columns that differ by less than this in a state are not named. */
const leastSeparation = 0.3;
const mostColumns = 3;

/** States as a table, and how they hang together. */
export function stateLines(found: StatesOfRun, energy: EnergyWords): string[] {
  const { states, outside } = found;
  const head = ['state', 'sure', 'population', `ΔF${energy.unit === '' ? '' : ` (${energy.unit.trim()})`}`];
  const rows = [
    [...head, 'transitions', 'round trips', 'differs in', 'stands for it'],
    ...states.map((state) => row(state, energy)),
  ];
  return [
    ...alignedRows(rows),
    ...(outside > 0 ? [`${inPercent(outside)} of the ensemble is in none of them`] : []),
    ...splitLines(found),
    ...partLines(found),
    ...barrierLines(found),
    ...passageLines(found),
  ];
}

const row = (state: StateOfRun, { decimals }: EnergyWords): string[] => [
  state.name,
  state.foundAgain === null ? '–' : state.foundAgain ? 'yes' : 'no',
  state.error === null ? `(${inPercent(state.population)})` : inPercent(state.population, state.error),
  state.deltaF === null
    ? '–'
    : state.deltaFError === null
      ? `(${fixed(state.deltaF, decimals)})`
      : state.deltaF === 0
        ? '0'
        : withError(state.deltaF, state.deltaFError, decimals),
  String(state.transitions),
  String(state.roundTrips),
  state.differences
    .filter(({ separation }) => separation >= leastSeparation)
    .slice(0, mostColumns)
    .map(({ column, mean, othersMean }) => `${column} ${digits(mean, 3)} (${digits(othersMean, 3)})`)
    .join(', ') || '–',
  state.representative
    ? `${inPicoseconds(state.representative.time)} ps of ${state.representative.source}`
    : 'no frame',
];

/** `M1, M3 are one along the CVs; psi tells them apart` */
function splitLines({ states }: StatesOfRun): string[] {
  const columns = new Set(states.flatMap(({ splitBy }) => splitBy));
  return [...columns].map((column) => {
    const parted = states.filter(({ splitBy }) => splitBy.includes(column)).map(({ name }) => name);
    return `${parted.join(', ')} are one along the CVs; ${column} tells them apart (--no-split joins them)`;
  });
}

/** `5 modes; first half 5, second half 4` */
function partLines({ states, parts }: StatesOfRun): string[] {
  if (parts.length === 0) return [];
  const counts = parts.map(({ part, modes }) => `${part} ${modes}`);
  const lost = states.filter(({ foundAgain }) => foundAgain === false).map(({ name }) => name);
  return [
    `${counted(states.length, 'mode')} in all frames; ${counts.join(', ')}` +
      (lost.length === 0 ? ': each is found again' : `; not found again in every part: ${lost.join(', ')}`),
  ];
}

function barrierLines({ barriers }: StatesOfRun): string[] {
  return barriers.map(
    ({ between: [a, b], heights, error }) =>
      `barrier ${a} – ${b}: ${fixed(heights[0], 1)} kT from ${a}, ${fixed(heights[1], 1)} from ${b}, ± ${fixed(error, 1)}`,
  );
}

function passageLines({ states, transitions }: StatesOfRun): string[] {
  if (states.length < 2) return [];
  const names = states.map(({ name }) => name);
  return [
    'passages from (rows) to (columns):',
    ...alignedRows([
      ['', ...names],
      ...transitions.map((counts, i) => [
        names[i],
        ...counts.map((count, j) => (i === j ? '–' : String(count))),
      ]),
    ]),
  ];
}

/** What speaks against the numbers, a line each. */
export function statesWarnings({ states, labels }: StatesOfRun): string[] {
  const own = states.flatMap(({ name, error, reason, warnings }) => [
    ...(error === null && reason !== null ? [`${name}: ${reason}`] : []),
    ...warnings.map((line) => `${name}: ${line}`),
  ]);
  return [...new Set([...labels.doubts, ...own])];
}
