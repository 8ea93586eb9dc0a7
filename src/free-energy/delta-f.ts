import type { Times, Segment } from '../frames/index.js';
import {
  invalidArgument,
  counted,
  fixed,
  significant,
  expectNumbers,
  expectObject,
  expectWhole,
} from '../support/index.js';
import {
  coreEvents,
  type StateLabels,
  type WeightedSample,
  thermalEnergy,
  expectSample,
} from '../sampling/index.js';
import {
  baseBlocks,
  ratioSums,
  totalOf,
  type BaseBlocks,
  type RatioPart,
  type RatioSums,
} from './base-blocks.js';
import { analyseBlockSums, fewestBlocks, type BlockAnalysis, type BlockPoint } from './blocks.js';
import { agreement, type Agreement } from './chi-squared.js';
import { analyseWindows, partOfWindows, windowedRatio, type WindowedRatio } from './windows/index.js';

/** Fewer transitions than this between two states determine nothing. */
const fewestTransitions = 10;
/** Replicas whose χ² is less likely than this do not agree. */
export const leastAgreement = 0.01;

export interface DeltaFQuestion {
  sample: WeightedSample;
  /** The state of each frame, `[frames]`: 1 for A, 2 for B, others for none of the two. */
  states: StateLabels;
  /** Likewise for the cores of the states, between which transitions are counted. */
  cores: StateLabels;
  /** Labels of the two states; default 1 and 2. */
  pair?: readonly [number, number];
  /** What they are called in messages; default A and B. */
  names?: readonly [string, string];
  /** Look at the cores only so often, ps. */
  looks?: { time: Times; every: number };
  /** Number of blocks for the error; default: by the scan. */
  blocks?: number;
}

/** ΔF of one run of several. */
export interface ReplicaDeltaF extends PartialDeltaF {
  source: string;
}

/** The free-energy difference F(B) − F(A); energies in kJ/mol. */
export interface DeltaF {
  /** null where one of the states was never visited. */
  value: number | null;
  /** Standard error; null where it is not known, and then `reason` says why. */
  error: number | null;
  reason: string | null;
  /** Between the two cores, in both directions, in the frames that the value is made of. */
  transitions: number;
  /** Whether nothing speaks against the error; if something does, `warnings` says what. */
  reliable: boolean;
  warnings: string[];
  /** Run by run, where there are several. */
  replicas: ReplicaDeltaF[];
  /** Of the replicas that have an error; null for fewer than two. */
  agreement: Agreement | null;
  /** Number of blocks behind the error. */
  blocks: number;
  /** Error in kJ/mol against the number of blocks, before Birge's ratio. */
  scan: BlockPoint[];
  /** Frames' worth of variance in one frame: the statistical inefficiency of the question. */
  inefficiency: number | null;
  /** Unbiased probability of B among the frames in A or B. */
  probabilityB: number | null;
}

/** What ΔF and its course are computed from: sums over base blocks, by run. */
export interface StateSums {
  /** Of the states themselves. */
  sums: RatioSums;
  /** Of the state whose core a frame was in last, which does not flicker: its scan chooses the length of blocks. */
  last: RatioSums;
  /** Transitions between the cores by base block. */
  transitions: Float64Array;
  /** Each run's, or window's, stretches of base blocks. */
  runs: { source: string; ranges: readonly Segment[] }[];
  /** Of a sample by MBAR: what the ratio owes to the frames of each window. */
  windows?: WindowedRatio;
  kT: number;
  names: readonly [string, string];
  /** Why no error by these frames is known. */
  problem?: string;
}

/**
 * One pass over the frames.
 * @throws `bad-argument` where lengths differ.
 */
export function stateSums({
  sample,
  states,
  cores,
  pair = [1, 2],
  names = ['A', 'B'],
  looks,
}: DeltaFQuestion): StateSums {
  for (const labels of [states, cores])
    if (labels.length !== sample.weights.length)
      throw invalidArgument(`${sample.weights.length} frames`, 'the labels of states', labels.length);
  const base = baseBlocks(sample.ranges);
  const last = lastCore(cores, pair, sample.ranges);
  const side = (label: number): RatioPart => (label === pair[1] ? 1 : label === pair[0] ? -1 : 0);
  const part = (frame: number): RatioPart => side(states[frame]);
  const windows = sample.mbar && windowedRatio(sample.mbar, base, sample.weights, part);
  let at = 0;
  const runs = sample.replicas.map(({ source, ranges }) => ({
    source,
    ranges: base.ranges.slice(at, (at += ranges.length)),
  }));
  const events = coreEvents(cores, pair, sample.ranges, looks);
  return {
    sums: ratioSums(base, sample.weights, part),
    last: ratioSums(base, sample.weights, (frame) => side(last(frame))),
    transitions: byBlock(
      base,
      events.map(({ frame }) => frame),
    ),
    runs: windows ? windows.windows.map(({ name, ranges }) => ({ source: name, ranges })) : runs,
    ...(windows && { windows }),
    kT: thermalEnergy(sample.temperature),
    names,
    ...(sample.problem !== undefined && { problem: sample.problem }),
  };
}

/** How many of the frames, which are in order, lie in each base block. */
function byBlock({ blocks }: BaseBlocks, frames: readonly number[]): Float64Array {
  const counts = new Float64Array(blocks.length);
  let block = 0;
  for (const frame of frames) {
    while (frame >= blocks[block].end) block++;
    counts[block]++;
  }
  return counts;
}

/**
 * For each frame of the ranges, asked for in order, the one of two cores that it was in last; before the first, the first
 * that comes.
 */
function lastCore(
  cores: StateLabels,
  pair: readonly [number, number],
  ranges: readonly Segment[],
): (frame: number) => number {
  const isOne = (core: number): boolean => core === pair[0] || core === pair[1];
  const starts = new Map(ranges.map(({ start, end }) => [start, end]));
  let last = 0;
  return (frame) => {
    const end = starts.get(frame);
    if (end !== undefined) last = cores.subarray(frame, end).find(isOne) ?? 0;
    if (isOne(cores[frame])) last = cores[frame];
    return last;
  };
}

/**
 * `ΔF = −kT ln(Σ_B w / Σ_A w)` in kJ/mol. The state of alanine dipeptide called C7ax (B) is 0 < φ < 2.3 rad, A the rest.
 *
 * Its standard error comes from blocks of frames (see `analyseBlockSums`), whose length follows the core that was visited
 * last; blocks never cross a run. Where several runs differ by more than their errors, it is multiplied by Birge's ratio.
 * With fewer than ten transitions between the states there is no error, nor where the sample tells of a problem (`sample.problem`). It is not reliable where more than a tenth of
 * the blocks never saw one of the states, where the scan has no plateau, where fewer than five blocks carry the weight,
 * where runs do not agree (χ² with p < 0.01), or where first and second half differ by more than three errors.
 *
 * Of a sample by MBAR (`mbarSample`) blocks are those of each window, and what the free energies of the windows are not known to is in
 * the error. Windows are judged by what they share, not by transitions: there is no error where neighbours between A and B
 * share fewer than two independent frames.
 * @throws LatentcvError `bad-argument` where an argument is of another kind or length
 */
export function deltaF(question: DeltaFQuestion): DeltaF {
  expectObject(question, 'question');
  expectObject(question.sample, 'sample', 'a weighted sample, as reweight gives it,');
  expectNumbers(question.states, 'states');
  expectNumbers(question.cores, 'cores', question.states.length);
  expectSample(question.sample, question.states.length);
  if (question.blocks !== undefined) expectWhole(question.blocks, 'blocks', 1);
  return deltaFOfSums(stateSums(question), question.blocks);
}

/** The same from sums that are there. */
export function deltaFOfSums(all: StateSums, blocks?: number): DeltaF {
  const { sums, last, runs, windows, kT, problem } = all;
  const value = valueOf(sums, kT);
  const transitions = transitionsIn(all);
  const replicas =
    runs.length > 1 && !windows
      ? runs.map(({ source, ranges }) => ({ source, ...knownIn(all, ranges) }))
      : [];
  if (value === null) return withoutValue(all, transitions, replicas);
  const known = replicas.filter(({ error }) => error !== null);
  const agreed = agreement(
    known.map((replica) => replica.value!),
    known.map((replica) => replica.error!),
  );
  const judged = (): Judged => {
    const analysis = analyse(sums, last, blocks);
    const reason = reasonFor(transitions, analysis);
    const unknown = replicas.length - known.length;
    const found = doubts(analysis, agreed, blocks !== undefined);
    return { ...analysis, reason, warnings: [...found, ...uncompared(unknown, replicas.length)] };
  };
  const analysis = windows ? analyseWindows(windows, sums, blocks) : judged();
  const reason = problem === undefined ? analysis.reason : `not determined: ${problem}`;
  const warnings = reason === null ? analysis.warnings : [reason];
  const [inB, inA] = [totalOf(sums, 'numerator'), totalOf(sums, 'denominator')];
  return {
    value,
    error: reason === null ? kT * analysis.chosen.error * (agreed?.birge ?? 1) : null,
    reason,
    transitions,
    reliable: warnings.length === 0,
    warnings,
    replicas,
    agreement: agreed ?? null,
    blocks: analysis.chosen.blocks,
    scan: analysis.points.map((point) => inEnergy(point, kT)),
    inefficiency: finiteOrNull(analysis.inefficiency),
    probabilityB: inB / (inA + inB),
  };
}

/** Blocks, and what speaks against their error. */
interface Judged extends BlockAnalysis {
  /** Why there is no error; null where there is one. */
  reason: string | null;
  warnings: string[];
}

/** Why there is no error; null where there is one. */
function reasonFor(transitions: number, { chosen }: BlockAnalysis): string | null {
  if (transitions < fewestTransitions) return notDetermined(transitions);
  if (Number.isFinite(chosen.error)) return null;
  return `not determined: one block of ${chosen.blocks} carries the weight`;
}

function analyse(sums: RatioSums, last: RatioSums, blocks?: number): BlockAnalysis {
  const visited = totalOf(last, 'numerator') > 0 && totalOf(last, 'denominator') > 0;
  return analyseBlockSums(sums, {
    blocks,
    by: visited ? last : undefined,
  });
}

/** ΔF of some of the base blocks. */
export interface PartialDeltaF {
  /** null where one of the states was never visited. */
  value: number | null;
  /** null for fewer than ten transitions, and where the sample has a problem. */
  error: number | null;
  transitions: number;
}

/** What is known from these base blocks alone. */
export function knownIn(all: StateSums, ranges: readonly Segment[]): PartialDeltaF {
  if (all.windows) return knownInWindows(all, all.windows, ranges);
  const own = { ...all.sums, ranges };
  const value = valueOf(own, all.kT);
  const transitions = transitionsIn(all, ranges);
  const known = value !== null && transitions >= fewestTransitions && all.problem === undefined;
  const error = known ? all.kT * analyse(own, { ...all.last, ranges }).chosen.error : null;
  return { value, error, transitions };
}

/** Of windows transitions decide nothing. */
function knownInWindows(all: StateSums, windows: WindowedRatio, ranges: readonly Segment[]): PartialDeltaF {
  const transitions = transitionsIn(all, ranges);
  const found = valueOf(all.sums, all.kT) === null ? undefined : partOfWindows(windows, all.sums, ranges);
  if (!found) return { value: null, error: null, transitions };
  const known = windows.gaps.length === 0 && all.problem === undefined;
  const error = known ? all.kT * found.error : null;
  return { value: -all.kT * found.value, error, transitions };
}

function transitionsIn({ transitions, sums }: StateSums, ranges = sums.ranges): number {
  let count = 0;
  for (const { start, end } of ranges) for (let i = start; i < end; i++) count += transitions[i];
  return count;
}

/** −kT ln(N/D); null where one of them is 0. */
function valueOf(sums: RatioSums, kT: number): number | null {
  const [n, d] = [totalOf(sums, 'numerator'), totalOf(sums, 'denominator')];
  return n > 0 && d > 0 ? -kT * Math.log(n / d) : null;
}

const finiteOrNull = (value: number): number | null => (Number.isFinite(value) ? value : null);

/** `not determined: 2 transitions in the analysed frames` */
export function notDetermined(transitions: number): string {
  return `not determined: ${counted(transitions, 'transition')} in the analysed frames`;
}

function inEnergy(point: BlockPoint, kT: number): BlockPoint {
  return { ...point, error: kT * point.error, uncertainty: kT * point.uncertainty };
}

function withoutValue(
  { sums, names, windows }: StateSums,
  transitions: number,
  replicas: ReplicaDeltaF[],
): DeltaF {
  const seen = totalOf(sums, 'numerator') > 0;
  const unseen = `state ${names[seen ? 0 : 1]} was never visited`;
  const reason = windows ? `not determined: ${unseen}` : `${notDetermined(transitions)}; ${unseen} in them`;
  return {
    value: null,
    error: null,
    reason,
    transitions,
    reliable: false,
    warnings: [reason],
    replicas,
    agreement: null,
    blocks: 0,
    scan: [],
    inefficiency: null,
    probabilityB: seen ? 1 : 0,
  };
}

function doubts(
  { chosen, plateau }: BlockAnalysis,
  agreed: Agreement | undefined,
  fixedBlocks: boolean,
): string[] {
  const warnings: string[] = [];
  if (agreed && agreed.p < leastAgreement) warnings.push(disagreement(agreed));
  if (chosen.unvisited > chosen.blocks / 10)
    warnings.push(`${chosen.unvisited} of ${chosen.blocks} blocks never visited one of the states`);
  if (!plateau && !fixedBlocks)
    warnings.push(
      'the error does not level off with longer blocks: the run is short for its correlation time',
    );
  if (chosen.effectiveBlocks < fewestBlocks)
    warnings.push(`only ${fixed(chosen.effectiveBlocks, 1)} of ${chosen.blocks} blocks carry the weight`);
  return warnings;
}

/** Replicas that crossed too rarely say nothing of whether they agree. */
function uncompared(unknown: number, of: number): string[] {
  if (unknown === 0) return [];
  return [
    `${unknown} of ${of} replicas have fewer than ${fewestTransitions} transitions: whether they agree is not known`,
  ];
}

function disagreement({ chiSquared, degreesOfFreedom, p, birge }: Agreement): string {
  return (
    `replicas do not agree: χ² = ${fixed(chiSquared, 1)} for ${degreesOfFreedom + 1} of them, p ${p < 1e-6 ? '< 1e-6' : `= ${significant(p, 1)}`}; ` +
    `the error is ${fixed(birge, 1)} times what their blocks give`
  );
}
