import type { CvBasins } from '../kinetics/index.js';
import type { ValueTable } from '../kinetics/index.js';
import { percent, fixed } from '../support/index.js';
import type { GradientSample } from './model-values.js';

/** One CV that follows another this closely adds nothing. */
const sameAs = 0.95;
/** Saturated: more than this part of the frames have a gradient this much smaller than the usual one. */
const saturated = { part: 0.25, gradient: 0.01 };
/** Or lie within this part of the range from one of its ends. */
const end = { part: 0.5, width: 0.01 };

/**
 * What is wrong with a latent, one sentence each: a CV that is constant or follows another (|correlation| > 0.95), one
 * that is saturated (a quarter of the frames have less than 1 % of the root mean square gradient, or half of them lie
 * within 1 % of the range's ends), or a first CV with one basin only.
 */
export function latentWarnings(
  names: readonly string[],
  cv: ValueTable,
  gradient: GradientSample,
  basins?: CvBasins,
): string[] {
  const columns = names.map((_, j) => columnOf(cv, j));
  return [
    ...columns.flatMap((values, j) =>
      isConstant(values) ? [`${names[j]} is degenerate: it has one value on all frames`] : [],
    ),
    ...followers(names, columns),
    ...names.flatMap((name, j) => saturation(name, columns[j], j, gradient)),
    ...(basins?.basins.length === 1
      ? [
          `the frames form one basin only along ${names[0]}: nothing in them shows a transition; add frames of other states (a hotter or a biased run)`,
        ]
      : []),
  ];
}

export function columnOf({ values, width }: ValueTable, j: number): Float64Array {
  return Float64Array.from({ length: values.length / width }, (_, frame) => values[frame * width + j]);
}

const isConstant = (values: Float64Array): boolean => values.every((value) => value === values[0]);

function followers(names: readonly string[], columns: readonly Float64Array[]): string[] {
  return columns.flatMap((a, i) =>
    columns.slice(i + 1).flatMap((b, j) => {
      const r = correlation(a, b);
      if (!(Math.abs(r) > sameAs)) return [];
      const pair = `${names[i + 1 + j]} follows ${names[i]} (correlation ${fixed(r, 2)})`;
      return [`the latent is degenerate: ${pair}; fewer CVs would do`];
    }),
  );
}

/** Pearson's. */
export function correlation(a: Float64Array, b: Float64Array): number {
  const mean = (values: Float64Array): number => values.reduce((sum, v) => sum + v / values.length, 0);
  const [ma, mb] = [mean(a), mean(b)];
  let [ab, aa, bb] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    ab += (a[i] - ma) * (b[i] - mb);
    aa += (a[i] - ma) ** 2;
    bb += (b[i] - mb) ** 2;
  }
  return ab / Math.sqrt(aa * bb);
}

function saturation(
  name: string,
  values: Float64Array,
  j: number,
  { frames, length }: GradientSample,
): string[] {
  if (isConstant(values)) return [];
  const k = length.length / frames.length;
  const lengths = Float64Array.from(frames, (_, i) => length[i * k + j]);
  const usual = Math.sqrt(lengths.reduce((sum, value) => sum + value ** 2 / lengths.length, 0));
  const flat = partOf(lengths, (value) => value < saturated.gradient * usual);
  const [lowest, highest] = [
    values.reduce((a, b) => Math.min(a, b)),
    values.reduce((a, b) => Math.max(a, b)),
  ];
  const margin = end.width * (highest - lowest);
  const atEnds = partOf(values, (value) => value < lowest + margin || value > highest - margin);
  if (flat <= saturated.part && atEnds <= end.part) return [];
  const what =
    flat > saturated.part
      ? `its gradient vanishes on ${percent(flat)} of the frames`
      : `${percent(atEnds)} of the frames lie at the ends of its range`;
  return [`${name} is saturated: ${what}, so that a bias along it pushes nothing there`];
}

function partOf(values: Float64Array, holds: (value: number) => boolean): number {
  return values.reduce((count, value) => count + (holds(value) ? 1 : 0), 0) / values.length;
}
