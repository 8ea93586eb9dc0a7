import { columnValues, type Dataset } from '../../frames/index.js';
import {
  statesByRules,
  stateNames,
  unmet,
  type RuledFrames,
  type RuledStates,
  type StateRule,
} from '../../sampling/index.js';
import { LatentcvError, digits } from '../../support/index.js';
import { labelRules } from '../label-rules.js';
import type { LabelledStates } from '../learnable.js';

/**
 * The state of each frame by rules.
 * @throws LatentcvError `bad-data` for a frame in two states, or a column that is missing
 */
export function ruledLabels(dataset: Dataset, rules: readonly StateRule[]): LabelledStates {
  return asLabels(dataset, statesByRules(framesOf(dataset), rules, 'state'));
}

function asLabels(dataset: Dataset, { names, labels, twice }: RuledStates): LabelledStates {
  if (twice) throw inTwo(dataset, twice);
  return { names, state: Int32Array.from(labels, (label) => label - 1) };
}

function framesOf(dataset: Dataset): RuledFrames {
  const known = new Map<string, Float64Array>();
  const values = (label: string): Float64Array => {
    if (!known.has(label)) known.set(label, columnValues(dataset, label));
    return known.get(label)!;
  };
  return {
    frames: dataset.frames,
    values,
    column: (label) => dataset.columns.find((column) => column.label === label) ?? { label },
  };
}

function inTwo(
  { time, segments }: Dataset,
  { frames, first, states }: NonNullable<RuledStates['twice']>,
): LatentcvError {
  const source = segments.find(({ end }) => first < end)?.source ?? 'the frames';
  const more = frames > 1 ? `, and so are ${frames - 1} more` : '';
  return new LatentcvError(
    'bad-data',
    `expected each frame in one state at most but the one at ${digits(time[first], 9)} ps of ${source} is in ${states.join(' and ')}${more}`,
    'make the rules of ‘labels’ exclude one another',
  );
}

/**
 * Refuses rules of which one is met by no frame.
 * @throws LatentcvError `bad-data`, saying where the frames are
 */
export function expectMet(
  dataset: Dataset,
  labels: string | undefined,
  { names, state }: LabelledStates,
): void {
  const rules = labelRules(labels);
  if (!rules) return;
  const seen = new Set(state);
  const place = rules.findIndex((_, i) => !seen.has(i));
  if (place < 0) return;
  const { message, hint } = unmet(framesOf(dataset), rules[place], `state ${names[place]}`);
  throw new LatentcvError('bad-data', message, hint);
}

/** The same, and that no frame is in two states, of frames that come part by part. */
export function expectAllMet(parts: readonly (() => Dataset)[], rules: readonly StateRule[]): void {
  const names = stateNames(rules);
  const seen = new Set<number>();
  for (const part of parts) for (const state of ruledLabels(part(), rules).state) seen.add(state);
  const place = rules.findIndex((_, i) => !seen.has(i));
  if (place < 0) return;
  throw new LatentcvError(
    'bad-data',
    `no frame lies in state ${names[place]}, ${rules[place].text}`,
    'columns are as read: nm and rad of trajectories',
  );
}

/** `states: bound (1200 frames), unbound (340); 460 frames in none` */
export function statesInWords({ names, state }: LabelledStates): string {
  const counts = names.map(() => 0);
  let none = 0;
  for (const place of state) {
    if (place < 0) none++;
    else counts[place]++;
  }
  const each = names.map((name, i) => `${name} (${counts[i]}${i === 0 ? ' frames' : ''})`);
  return `states: ${each.join(', ')}${none > 0 ? `; ${none} frames in none` : ''}`;
}
