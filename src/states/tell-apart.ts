import type { StateLabels, WeightedSample } from '../sampling/index.js';
import { spreadOf, thinned } from './kernel-widths.js';
import { difference, type ModeColumn } from './mode-axes.js';

/** How a column differs between a state and the others. */
export interface ColumnDifference {
  column: string;
  /**
   * Half the area between the two distributions, 1 less how much they overlap: 0 where they are the same, 1 where no value
   * occurs in both.
   */
  separation: number;
  /** Cohen's d: the means' difference in pooled standard deviations; on a periodic column the shorter way round. */
  effect: number;
  /** Mean and standard deviation in the state. */
  mean: number;
  deviation: number;
  /** The same of the others, each of which counts alike. */
  othersMean: number;
  othersDeviation: number;
}

const bins = 40;
const mostFrames = 1 << 17;

/**
 * Of each state every column's difference from the other states, which count alike however populated, the largest first:
 * by how much the distributions are separated, then by Cohen's d (Cohen, Statistical Power Analysis, 1988).
 * @param most frames that are looked at, evenly
 */
export function tellApart(
  columns: readonly ModeColumn[],
  labels: StateLabels,
  states: number,
  sample: WeightedSample,
  most = mostFrames,
): ColumnDifference[][] {
  const members = Array.from({ length: states }, (): number[] => []);
  for (const frame of thinned(sample, most)) if (labels[frame] > 0) members[labels[frame] - 1].push(frame);
  const own = columns.map((column) =>
    members.map((frames) => distribution(column, frames, extent(column, members), sample)),
  );
  return members.map((_, state) =>
    columns
      .flatMap((column, k) => {
        const others = own[k].filter((each, i) => i !== state && each !== undefined);
        const mine = own[k][state];
        return mine && others.length > 0 ? [compare(column, mine, others as Distribution[])] : [];
      })
      .sort(largestFirst),
  );
}

/** The order in which differences are told. */
export const largestFirst = (a: ColumnDifference, b: ColumnDifference): number =>
  rank(b) - rank(a) || Math.abs(b.effect) - Math.abs(a.effect);

/** What differs by less than a hundredth is alike. */
const rank = ({ separation }: ColumnDifference): number => Math.round(100 * separation);

interface Distribution {
  /** Parts of the weight. */
  histogram: Float64Array;
  mean: number;
  deviation: number;
}

function extent({ values, period }: ModeColumn, members: readonly number[][]): readonly [number, number] {
  if (period) return period;
  let [least, most] = [Infinity, -Infinity];
  for (const frames of members)
    for (const frame of frames) {
      if (values[frame] < least) least = values[frame];
      if (values[frame] > most) most = values[frame];
    }
  return [least, most];
}

function distribution(
  { values, period }: ModeColumn,
  frames: readonly number[],
  [lower, upper]: readonly [number, number],
  sample: WeightedSample,
): Distribution | undefined {
  const histogram = new Float64Array(bins);
  let [total, sine, cosine] = [0, 0, 0];
  const turn = period ? (2 * Math.PI) / (upper - lower) : 0;
  for (const frame of frames) {
    const weight = sample.weights[frame];
    const at = upper > lower ? Math.floor(((values[frame] - lower) / (upper - lower)) * bins) : 0;
    histogram[Math.min(bins - 1, Math.max(0, at))] += weight;
    total += weight;
    sine += weight * Math.sin(turn * values[frame]);
    cosine += weight * Math.cos(turn * values[frame]);
  }
  if (!(total > 0)) return undefined;
  const origin = period ? Math.atan2(sine, cosine) / turn : 0;
  const { mean, deviation } = spreadOf(frames, (frame) => difference(period, origin, values[frame]), sample);
  return {
    histogram: histogram.map((weight) => weight / total),
    mean: within(period, origin + mean),
    deviation,
  };
}

function within(period: ModeColumn['period'], value: number): number {
  if (!period) return value;
  const [lower, upper] = period;
  return value - (upper - lower) * Math.floor((value - lower) / (upper - lower));
}

function compare(
  { label, period }: ModeColumn,
  own: Distribution,
  others: readonly Distribution[],
): ColumnDifference {
  const rest = own.histogram.map(
    (_, bin) => others.reduce((sum, { histogram }) => sum + histogram[bin], 0) / others.length,
  );
  const separation = own.histogram.reduce((sum, part, bin) => sum + Math.abs(part - rest[bin]), 0) / 2;
  // means of the others about this one, so that a period is met on its shorter side
  const away = others.map(({ mean }) => difference(period, own.mean, mean));
  const mean = away.reduce((sum, each) => sum + each, 0) / others.length;
  const square =
    others.reduce((sum, { deviation }, i) => sum + deviation ** 2 + (away[i] - mean) ** 2, 0) / others.length;
  const pooled = Math.sqrt((own.deviation ** 2 + square) / 2);
  return {
    column: label,
    separation,
    effect: pooled > 0 ? -mean / pooled : 0,
    mean: own.mean,
    deviation: own.deviation,
    othersMean: within(period, own.mean + mean),
    othersDeviation: Math.sqrt(square),
  };
}
