import { table } from '../table.js';
import { limitOf, type NativeRow } from './native-limits.js';
import type { OwnCost } from './own-cost.js';
import { positions, positionVariants } from './position-model.js';
import type { Microseconds, Timing } from './timing.js';
import type { WholeRunResult } from './whole-run/whole-run.js';
import { least, variants, type Variant } from './variants.js';
import { plumedQ6, type CrystalRow } from './crystal.js';
import { waterModel, type WaterResult } from './water.js';

/** All that was measured of one network. */
export interface NetworkResult {
  network: string;
  timings: readonly Timing[];
  own: OwnCost;
  native: readonly NativeRow[];
}

/** What `--json` prints an array of. */
export interface StepRow {
  network: string;
  variant: Variant;
  microseconds: Microseconds;
  /** How many times cheaper a step is than with DISTANCE and PYTORCH_MODEL, by the smallest times. */
  ratioToPytorchModel: number;
}

const timeOf = ({ timings }: Pick<NetworkResult, 'timings'>, variant: string): Microseconds =>
  timings.find(({ label }) => label === variant)!.microseconds;

export function stepRows(result: NetworkResult): StepRow[] {
  const pytorch = timeOf(result, 'pytorch-model').min;
  return variants.map((variant) => {
    const microseconds = timeOf(result, variant);
    return {
      network: result.network,
      variant,
      microseconds,
      ratioToPytorchModel: pytorch / microseconds.min,
    };
  });
}

/** The bars of the project's plan: ratios to PYTORCH_MODEL, and our own cost with scalar arguments. */
const expected: Readonly<Record<string, { float: number; double: number; own: OwnCostBar }>> = {
  '10-32-32-1': { float: 14, double: 10, own: { microseconds: 3 } },
  '45-64-32-2': { float: 25, double: 20, own: { microseconds: 5 } },
  '1000-256-64-2': { float: 45, double: 18, own: { ofEvaluator: 1.3 } },
  '3000-512-128-2': { float: 16, double: 8, own: { ofEvaluator: 1.3 } },
};
type OwnCostBar = { microseconds: number } | { ofEvaluator: number };

/** Numbers with as many digits as mean something. */
export const shown = (value: number): string =>
  value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);

/** µs per step, smallest and (in brackets) median of the blocks, networks in columns; above, PLUMED's own least. */
export function timeTable(results: readonly NetworkResult[]): string {
  return table([
    ['µs per biased step', ...results.map(({ network }) => network)],
    ...([least, ...variants] as const).map((variant) => [
      variant,
      ...results.map((result) => {
        const { min, median } = timeOf(result, variant);
        return `${shown(min)} (${shown(median)})`;
      }),
    ]),
  ]);
}

/** How many times cheaper than PYTORCH_MODEL. */
export function ratioTable(results: readonly NetworkResult[]): string {
  const bar = (network: string, variant: Variant): string => {
    const wanted = expected[network];
    if (!wanted) return '';
    if (variant === 'onnx-model-atoms-float') return ` (≥ ${wanted.float})`;
    if (variant === 'onnx-model-atoms-double') return ` (≥ ${wanted.double})`;
    return '';
  };
  return table([
    ['times cheaper than pytorch-model (expected)', ...results.map(({ network }) => network)],
    ...variants.map((variant, i) => [
      variant,
      ...results.map(
        (result) => `${shown(stepRows(result)[i].ratioToPytorchModel)}${bar(result.network, variant)}`,
      ),
    ]),
  ]);
}

/** A foreign network of raw positions from ATOMS, beside the same network fed with distances. */
export function positionTable(timings: readonly Timing[]): string {
  const pytorch = timeOf({ timings }, 'pytorch-model').min;
  return table([
    ['12 atoms, PairwiseDistances + 66-64-32-2', 'µs per biased step', 'times cheaper than pytorch-model'],
    ...[least, ...positionVariants, positions].map((label) => {
      const { min, median } = timeOf({ timings }, label);
      return [label, `${shown(min)} (${shown(median)})`, shown(pytorch / min)];
    }),
  ]);
}

/** ATOMS and the evaluator alone beside what the processor could do at most; our own cost with scalar arguments. */
export function limitTable(results: readonly NetworkResult[]): string {
  return table([
    [
      'network',
      'precision',
      'arithmetic limit, µs',
      'streaming limit, µs',
      'evaluator alone, values + reverse pass, µs',
      'with distances and forces on atoms, µs',
      'ATOMS step, µs',
      'evaluator ÷ limit',
      'ATOMS step ÷ limit',
    ],
    ...results.flatMap((result) => result.native.map((native) => limitRow(result, native))),
  ]);
}

function limitRow(result: NetworkResult, native: NativeRow): string[] {
  const step = timeOf(result, `onnx-model-atoms-${native.precision}`).min;
  const { arithmetic, streaming, bound } = limitOf(result.native, native.precision);
  const evaluator = native.reverseMicroseconds.min;
  const times = [arithmetic, streaming, evaluator, native.atomsMicroseconds.min, step];
  const ratios = [evaluator / bound, step / bound];
  return [native.network, native.precision, ...[...times, ...ratios].map(shown)];
}

/**
 * Beside the do-nothing function, the evaluator twice: in a loop of its own, its weights in the caches, and in a step,
 * after PLUMED's actions took their places there.
 */
export function ownCostTable(results: readonly NetworkResult[]): string {
  return table([
    [
      'own cost with scalar ARG (double)',
      'µs over do-nothing',
      'do-nothing over itself, µs',
      'evaluator alone in the same step, µs',
      'times that',
      'evaluator alone in a loop, µs',
      'times that',
      'expected',
    ],
    ...results.map(({ network, own, native }) => {
      const alone = native.find(({ precision }) => precision === 'double')!.reverseMicroseconds.min;
      return [
        network,
        ...[shown(own.model), shown(own.noise)],
        ...[shown(own.evaluator), shown(own.model / own.evaluator)],
        ...[shown(alone), shown(own.model / alone)],
        ownBar(expected[network]?.own),
      ];
    }),
  ]);
}

/** Contacts, distances and coordinations among water, beside the same in PLUMED's actions; and what a far atom costs. */
export function waterTable({ timings, perFarAtom }: WaterResult): string {
  const pytorch = timeOf({ timings }, 'pytorch-model').min;
  const rows = timings.map(({ label, microseconds: { min, median } }) => [
    label,
    `${shown(min)} (${shown(median)})`,
    label === 'pytorch-model-nlist' || label === 'pytorch-model' || label === waterModel
      ? shown(pytorch / min)
      : '',
  ]);
  return [
    table([
      [
        '40 contacts, 6 distances of centres, 4 coordinations among 2,100 waters, 50-32-16-2',
        'µs per biased step',
        'times cheaper than pytorch-model',
      ],
      ...rows,
    ]),
    `A far atom more costs ${perFarAtom.all.toFixed(1)} ns a step in all. That is ${perFarAtom.overRequest.toFixed(1)} ns over an action that only requests it (${perFarAtom.request.toFixed(1)} ns), ${perFarAtom.overForced.toFixed(1)} ns over one that puts a force on one of its atoms. Bars: 10 times cheaper than pytorch-model-nlist, below 60 µs, 2 ns a far atom.`,
  ].join('\n\n');
}

/** Descriptors of a crystal: a biased step, what of it is theirs, and how much cheaper that is than PLUMED's Q6. */
export function crystalTable(rows: readonly CrystalRow[]): string {
  const cost = (of: string): number => rows.find(({ label }) => label === of)!.timing.microseconds.min;
  const floor = cost(least);
  const q6 = cost(plumedQ6) - floor;
  return table([
    ['256 atoms, fcc', 'µs per biased step', 'over the least', 'goal', "times cheaper than PLUMED's Q6"],
    ...rows.map(({ label, timing: { microseconds }, goal }) => [
      label,
      `${shown(microseconds.min)} (${shown(microseconds.median)})`,
      label === least ? '' : shown(microseconds.min - floor),
      goal === undefined ? '' : `≤ ${goal}`,
      label === 'q6' ? shown(q6 / (microseconds.min - floor)) : '',
    ]),
  ]);
}

/** ns/day, and how much of the plain run's speed is left. */
export function wholeRunTable({ atoms, rows }: WholeRunResult): string {
  const plain = rows[0].nanosecondsPerDay;
  return table([
    [`GROMACS, ${atoms} atoms, one core`, 'network', 'ns/day', 'of the plain run'],
    ...rows.map(({ variant, network = '', nanosecondsPerDay }) => [
      variant,
      network,
      shown(nanosecondsPerDay),
      `${((100 * nanosecondsPerDay) / plain).toFixed(0)} %`,
    ]),
  ]);
}

function ownBar(bar: OwnCostBar | undefined): string {
  if (!bar) return '';
  return 'microseconds' in bar ? `≤ ${bar.microseconds} µs` : `≤ ${bar.ofEvaluator} times`;
}
