import { selectColumns, type ColumnPattern } from '../frames/index.js';
import { otherColumns, otherRoles, type OtherColumn, type TrainSettings } from '../training/index.js';
import { LatentcvError, shortList } from '../support/index.js';
import type { OpenFrames } from './open-frames.js';

/** How it is known which columns are to be learned from. */
export interface InputChoice {
  /** The columns that were asked for: those that a pattern names are learned from, whatever they are. */
  named?: readonly ColumnPattern[] | undefined;
  /** PLUMED's action of each label. */
  actions?: ReadonlyMap<string, string> | undefined;
}

/** `*` takes all there are and names none. */
function names(pattern: ColumnPattern): boolean {
  return typeof pattern === 'string' ? !/^[*?]+$/.test(pattern) : !/^\.[*+]$/.test(pattern.source);
}

/**
 * The frames without columns that are no descriptors (outputs of biases, energies, counters, earlier CVs), where nobody
 * named them; it is told which.
 * @throws LatentcvError `bad-data` where none is left
 */
export function withoutOthers(
  frames: OpenFrames,
  settings: TrainSettings,
  { named = [], actions }: InputChoice,
  onWarning: (message: string) => void = () => undefined,
): OpenFrames {
  const labels = frames.dataset.columns.map(({ label }) => label);
  const aside = otherRoles(frames.dataset, settings);
  const candidates = labels.filter((label) => !aside.has(label));
  const kept = new Set(selectColumns(labels, 'the tables', named.filter(names)));
  const others = otherColumns(frames.dataset, actions).filter(
    ({ label }) => candidates.includes(label) && !kept.has(label),
  );
  if (others.length === 0) return frames;
  if (others.length === candidates.length)
    throw new LatentcvError(
      'bad-data',
      `expected columns to learn from but found only ${inWords(others)}`,
      'name with ‘columns’ what is to be learned from all the same',
    );
  onWarning(
    `not learned from, since they ${frames.dataset.rows ? 'number rows' : 'describe no structure'}: ${inWords(others)} (‘columns’ chooses columns)`,
  );
  return frames.without(new Set(others.map(({ label }) => label)));
}

/** `opes.bias, opes.rct (bias), ene (energy)` */
function inWords(others: readonly OtherColumn[]): string {
  const kinds = [...new Set(others.map(({ kind }) => kind))];
  return kinds
    .map((kind) => {
      const labels = others.filter((other) => other.kind === kind).map(({ label }) => label);
      return `${shortList(labels, 5)} (${kind})`;
    })
    .join(', ');
}
