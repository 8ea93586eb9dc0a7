import { expectNumbers, expectObject, expectWhole } from '../support/index.js';
import { Matrix } from 'ml-matrix';
import {
  addMoments,
  centred,
  covariancesOf,
  laggedMoments,
  type LaggedMoments,
  type ValueTable,
  expectTable,
} from '../kinetics/index.js';
import { slowDirections, type LaggedCovariances } from '../models/index.js';
import { expectSegments, type Segment } from '../frames/index.js';
import { splitIntoBlocks } from '../sampling/index.js';

/** A score over held-out blocks of time: mean over the folds and its standard error. */
export interface HeldOutScore {
  mean: number;
  error: number;
  folds: number[];
}

export interface HeldOutScores {
  /** Σ λ² of held-out frames: how much slow motion the space of the CVs holds, at most their number. */
  vamp2: HeldOutScore;
  /** Of the propagator that the other folds give: what it explains of the held-out one, less what it invents. */
  vampE: HeldOutScore;
}

export interface FoldOptions {
  /** Default 5. */
  folds?: number;
  /** Blocks of time that are dealt out to the folds in turn. Default twice the folds. */
  blocks?: number;
  /** Of the frames; a pair weighs as its first frame. */
  weights?: ArrayLike<number>;
}

/** Moments of the pairs of each fold; no pair reaches from one block into the next. */
export function foldMoments(
  table: ValueTable,
  segments: readonly Segment[],
  lag: number,
  { folds = 5, blocks = 2 * folds, weights }: FoldOptions = {},
): LaggedMoments[] {
  const parts = splitIntoBlocks(segments, blocks).map((block) => laggedMoments(table, block, lag, weights));
  return Array.from({ length: folds }, (_, fold) =>
    parts.filter((part, i) => i % folds === fold && part.pairs > 0),
  ).flatMap((mine) => (mine.length > 0 ? [addMoments(mine)] : []));
}

/** Each fold with the covariances of all the others, and its own about their mean. */
function heldOut(folds: readonly LaggedMoments[]): { others: LaggedCovariances; own: LaggedCovariances }[] {
  return folds.map((fold) => {
    const others = covariancesOf(addMoments(folds.filter((other) => other !== fold)));
    return { others, own: covariancesOf(fold, others.mean) };
  });
}

/**
 * VAMP scores of CVs `[frames, k]`, as they are, at `lag` frames, cross-validated over blocks of time (Wu & Noé 2020,
 * doi:10.1007/s00332-019-09567-y; covariances symmetric in time, the constant function left out). VAMP-E is that of the
 * rank-k propagator with the eigenvalues and eigenfunctions that the other folds give.
 * Undefined where fewer than two folds have pairs.
 * @throws LatentcvError `bad-argument` where an argument is of another kind or length
 */
export function heldOutScores(
  cv: ValueTable,
  segments: readonly Segment[],
  lag: number,
  options: FoldOptions = {},
): HeldOutScores | undefined {
  expectTable(cv);
  expectFold(options, cv.values.length / cv.width);
  expectSegments(segments, cv.values.length / cv.width);
  expectWhole(lag, 'lag', 1);
  const folds = foldMoments(centred(cv), segments, lag, options);
  if (folds.length < 2) return undefined;
  const scores = heldOut(folds).map(({ others, own }, i) => ({
    vamp2: vamp2(covariancesOf(folds[i])),
    vampE: vampE(others, own),
  }));
  return {
    vamp2: summary(scores.map((score) => score.vamp2)),
    vampE: summary(scores.map((score) => score.vampE)),
  };
}

function vamp2(covariances: LaggedCovariances): number {
  return slowDirections(covariances).eigenvalues.reduce((sum, value) => sum + value * value, 0);
}

/** 2 Σ λᵢ (Vᵀ Ct V)ᵢᵢ − Σ λᵢ λⱼ (Vᵀ C0 V)ᵢⱼ² */
function vampE(others: LaggedCovariances, own: LaggedCovariances): number {
  const { eigenvalues, directions } = slowDirections(others);
  const inDirections = (matrix: Matrix): Matrix => directions.transpose().mmul(matrix).mmul(directions);
  const [c0, ct] = [inDirections(own.instantaneous), inDirections(own.lagged)];
  let score = 0;
  eigenvalues.forEach((a, i) => {
    score += 2 * a * ct.get(i, i);
    eigenvalues.forEach((b, j) => (score -= a * b * c0.get(i, j) ** 2));
  });
  return score;
}

function summary(folds: number[]): HeldOutScore {
  const mean = folds.reduce((sum, value) => sum + value, 0) / folds.length;
  const squares = folds.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, error: Math.sqrt(squares / (folds.length - 1) / folds.length), folds };
}

function expectFold(options: FoldOptions, frames: number): void {
  expectObject(options, 'options');
  const { folds, blocks, weights } = options;
  if (folds !== undefined) expectWhole(folds, 'folds', 2, frames);
  if (blocks !== undefined) expectWhole(blocks, 'blocks', 2, frames);
  if (weights) expectNumbers(weights, 'weights', frames);
}
