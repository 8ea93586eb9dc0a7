import { invalidArgument } from '../support/errors.js';
import { analyseBlocks, fewestBlocks, type BlockAnalysis, type BlockPoint } from './blocks.js';
import type { Numbers } from '../sampling/numbers.js';
import { leadingPart } from '../sampling/replicas.js';
import { framesOutside } from '../sampling/intervals.js';
import { effectiveSampleSize, type WeightedSample } from '../sampling/reweight.js';
import { thermalEnergy } from '../sampling/thermal.js';

export interface BasinQuestion {
  sample: WeightedSample;
  /** `[frames]`, 1 in basin B. */
  inB: Uint8Array;
  /** `[frames]`, 1 in basin A; default: wherever B is not. */
  inA?: Uint8Array;
  /** Number of blocks for the error; default: the plateau of the scan. */
  blocks?: number;
}

/** The free-energy difference F(B) − F(A); energies in kJ/mol. */
export interface DeltaF {
  /** NaN where one of the basins was never visited. */
  value: number;
  /** Standard error from the chosen blocks; NaN where there is no value. */
  error: number;
  /** Whether the error can be trusted; if not, `warnings` says why. */
  reliable: boolean;
  warnings: string[];
  /** Number of blocks behind the error. */
  blocks: number;
  /** Error in kJ/mol against the number of blocks. */
  scan: BlockPoint[];
  /** Frames' worth of variance in one frame: the statistical inefficiency of the basin question. */
  inefficiency: number;
  /** Unbiased probability of basin B among the frames in A or B. */
  probabilityB: number;
}

/**
 * `ΔF = −kT ln(Σ_B w / Σ_A w)` in kJ/mol with a standard error from block analysis (see `analyseBlocks`);
 * blocks never cross a replica. Basin B of alanine dipeptide (C7ax) is 0 < φ < 2.3 rad, A the rest.
 *
 * The error is flagged unreliable where more than a tenth of the blocks never saw one of the basins, where the
 * scan has no plateau, or where fewer than five blocks carry the weight. Throws `bad-argument` where lengths differ.
 */
export function deltaF(question: BasinQuestion): DeltaF {
  const { sample } = question;
  const numerator = masked(sample.weights, question.inB);
  const denominator = masked(sample.weights, question.inA ?? framesOutside(question.inB));
  const [inB, inA] = [numerator, denominator].map((values) => total(values));
  if (!inA || !inB) return neverVisited(inB ? 'A' : 'B');
  const analysis = analyseBlocks(
    { numerator, denominator, weights: sample.weights, ranges: sample.ranges },
    question.blocks,
  );
  const kT = thermalEnergy(sample.temperature);
  const warnings = doubts(analysis, question.blocks !== undefined);
  return {
    value: -kT * Math.log(inB / inA),
    error: kT * analysis.chosen.error,
    reliable: warnings.length === 0,
    warnings,
    blocks: analysis.chosen.blocks,
    scan: analysis.points.map((point) => inEnergy(point, kT)),
    inefficiency: analysis.inefficiency,
    probabilityB: inB / (inA + inB),
  };
}

function masked(weights: Numbers, mask: Uint8Array): Numbers {
  if (mask.length !== weights.length) {
    throw invalidArgument(`${weights.length} frames`, 'the mask of a basin', mask.length);
  }
  return weights.map((weight, frame) => (mask[frame] ? weight : 0));
}

function total(values: Numbers): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}

function inEnergy(point: BlockPoint, kT: number): BlockPoint {
  return { ...point, error: kT * point.error, uncertainty: kT * point.uncertainty };
}

function neverVisited(basin: string): DeltaF {
  return {
    value: NaN,
    error: NaN,
    reliable: false,
    warnings: [`basin ${basin} was never visited, so there is no free-energy difference to give`],
    blocks: 0,
    scan: [],
    inefficiency: NaN,
    probabilityB: basin === 'B' ? 0 : 1,
  };
}

function doubts({ chosen, plateau }: BlockAnalysis, fixedBlocks: boolean): string[] {
  const warnings: string[] = [];
  if (chosen.unvisited > chosen.blocks / 10) {
    warnings.push(`${chosen.unvisited} of ${chosen.blocks} blocks never visited one of the basins`);
  }
  if (!plateau && !fixedBlocks) {
    warnings.push(
      'the error does not level off with longer blocks: the run is short for its correlation time',
    );
  }
  if (chosen.effectiveBlocks < fewestBlocks) {
    warnings.push(`only ${chosen.effectiveBlocks.toFixed(1)} of ${chosen.blocks} blocks carry the weight`);
  }
  return warnings;
}

/** ΔF as it was known at an earlier time. */
export interface DeltaFAtTime {
  /** Part of every replica's kept frames used, from above 0 to 1. */
  fraction: number;
  value: number;
  error: number;
}

/** ΔF from the first 1/points, 2/points, … of every replica's kept frames: how it converged. */
export function deltaFConvergence(question: BasinQuestion, points = 40): DeltaFAtTime[] {
  return Array.from({ length: points }, (_, i) => {
    const fraction = (i + 1) / points;
    const { value, error } = deltaF({ ...question, sample: leadingSample(question.sample, fraction) });
    return { fraction, value, error };
  });
}

function leadingSample(sample: WeightedSample, fraction: number): WeightedSample {
  const replicas = leadingPart(sample.replicas, fraction);
  const ranges = replicas.flatMap((replica) => replica.ranges);
  const weights = new Float64Array(sample.weights.length);
  for (const { start, end } of ranges) weights.set(sample.weights.subarray(start, end), start);
  return { ...sample, replicas, ranges, weights, effectiveSize: effectiveSampleSize(weights) };
}
