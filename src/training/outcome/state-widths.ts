import { methods } from '../../models/index.js';
import { percent } from '../../support/index.js';
import type { LabelledStates } from '../learnable.js';
import type { Prepared } from '../prepared.js';
import type { TrainingRecord } from './record.js';

/** Of the frames of a state, these lie between the ends that its width is of. */
const within = [0.01, 0.99] as const;

/**
 * Part of a CV's range that 98 % of the frames of each labelled state take, of the CV along which it takes most. Undefined where
 * nothing is told apart by labels, and of a committor, which is to be flat in its states.
 * @param cv row-major `[frames, k]`
 */
export function stateWidths(
  cv: Float64Array,
  k: number,
  { name, labels, method }: Pick<Prepared, 'name' | 'labels' | 'method'>,
): Record<string, number> | undefined {
  if (!labels || methods[name].needs.labels !== 'required' || method.committor) return undefined;
  const columns = Array.from({ length: k }, (_, j) =>
    widthsAlong(
      cv.filter((_, i) => i % k === j),
      labels,
    ),
  );
  const widest = labels.names.map((_, i) => Math.max(...columns.map((widths) => widths[i])));
  // a sample of frames on disk may lack a state
  const seen = new Set(labels.state);
  return Object.fromEntries(
    labels.names.flatMap((state, i) => (seen.has(i) ? [[state, widest[i]] as const] : [])),
  );
}

function widthsAlong(cv: Float64Array, { names, state }: LabelledStates): number[] {
  const range =
    cv.reduce((most, v) => Math.max(most, v), -Infinity) -
    cv.reduce((least, v) => Math.min(least, v), Infinity);
  return names.map((_, place) => {
    const own = cv.filter((_, frame) => state[frame] === place).sort();
    const [lower, upper] = within.map((part) => own[Math.round(part * (own.length - 1))] ?? 0);
    return (upper - lower) / range;
  });
}

/**
 * Below this part of the range a state is flat. Measured (docs/methods/deep-lda.md): runs along CVs that left a state 1.0 to 1.3 % stuck, or gave
 * wrong free energies; three along CVs that left it 9 % or more were right.
 */
const narrowest = 0.03;

/** What to do where a labelled state is all but flat along the CV; undefined where none is. */
export function flatState({ stateWidths: widths }: Pick<TrainingRecord, 'stateWidths'>): string | undefined {
  const [state, width] = Object.entries(widths ?? {}).sort(([, a], [, b]) => a - b)[0] ?? [];
  if (state === undefined || width === undefined || width >= narrowest) return undefined;
  return (
    `the frames of ${state} take ${percent(width)} of the CV's range: a bias along it pushes at next to nothing there, so that a run may stick in ` +
    `${state}, with wrong free energies; take the default method or tpi-deep-tda, on frames that go from state to state, which a first run along ` +
    'deep-tda makes'
  );
}
