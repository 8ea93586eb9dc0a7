import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import type { Segment } from '../../src/frames/index.js';
import {
  firstEnds,
  koopmanWeights,
  weightsOfRows,
  type FrameTable,
} from '../../src/kinetics/koopman-weights.js';
import { laggedCovariances, meanOne, slowDirections, type SlowDirections } from '../../src/models/index.js';
import { packageRoot } from '../../src/support/folders.js';
import { chain, equilibrium, runsOf, shortRuns } from './short-runs.js';

interface Fixture {
  lag: number;
  cases: {
    name: string;
    frames: number;
    data: number[];
    constant: number;
    coefficients: number[];
    condition: number;
    negative: number;
    eigenvalues: number[];
  }[];
}
const deeptime = JSON.parse(
  readFileSync(join(packageRoot(), 'test', 'fixtures', 'koopman-weights.json'), 'utf8'),
) as Fixture;

/** TICA of pairs that count by weights of their first ends, whatever their sign. */
function weighedTica(
  values: Float64Array,
  width: number,
  segments: readonly Segment[],
  { lag, weights }: { lag: number; weights?: Float64Array },
): SlowDirections {
  const now = Int32Array.from(firstEnds(segments, lag).flatMap(({ start, end }) => range(start, end)));
  const mean = weights ? now.reduce((sum, frame) => sum + weights[frame] / now.length, 0) : 1;
  const weight = Float32Array.from(now, (frame) => (weights?.[frame] ?? 1) / mean);
  return slowDirections(
    laggedCovariances(values, width, { now, later: now.map((frame) => frame + lag), weight }),
  );
}

const range = (start: number, end: number): number[] =>
  Array.from({ length: end - start }, (_, i) => start + i);

for (const { name, frames, data, ...theirs } of deeptime.cases)
  test(`weights, condition and TICA are deeptime's (runs that start ${name === 'near' ? 'near' : 'far from'} the mean)`, () => {
    const { lag } = deeptime;
    const table = { values: Float64Array.from(data), width: 2 };
    const segments = runsOf(data.length / 2 / frames, frames);
    const ours = koopmanWeights(table, segments, lag);
    assert.ok(Math.abs(ours.constant - theirs.constant) < 1e-9);
    theirs.coefficients.forEach((value, i) => assert.ok(Math.abs(ours.coefficients[i] - value) < 1e-9));
    assert.ok(Math.abs(ours.condition - theirs.condition) < 1e-8);
    const weights = weightsOfRows(table, ours);
    const ends = firstEnds(segments, lag).flatMap(({ start, end }) => range(start, end));
    const negative = ends.filter((frame) => weights[frame] < 0).length / ends.length;
    assert.ok(Math.abs(negative - theirs.negative) < 1e-12);
    const { eigenvalues } = weighedTica(table.values, 2, segments, { lag, weights });
    // weights of pairs are kept in single precision
    theirs.eigenvalues.forEach((value, i) => assert.ok(Math.abs(eigenvalues[i] - value) < 2e-6));
  });

/** Exact eigenvalue and eigenfunction of the chain's slowest process, at its four states. */
function exactProcess(): { eigenvalue: number; levels: number[] } {
  const root = equilibrium.map(Math.sqrt);
  const symmetric = new Matrix(chain.map((row, i) => row.map((p, j) => (root[i] * p) / root[j])));
  const spectrum = new EigenvalueDecomposition(symmetric, { assumeSymmetric: true });
  const order = spectrum.realEigenvalues
    .map((_, i) => i)
    .sort((a, b) => spectrum.realEigenvalues[b] - spectrum.realEigenvalues[a]);
  const vector = spectrum.eigenvectorMatrix.getColumn(order[1]);
  return {
    eigenvalue: spectrum.realEigenvalues[order[1]],
    levels: levelsOf(vector.map((v, i) => v / root[i])),
  };
}

/** A function of the states such that it goes from 0 in the first to 1 in the last. */
const levelsOf = (values: number[]): number[] =>
  values.map((value) => (value - values[0]) / (values[3] - values[0]));

/** Indicators of all states but the last. */
const indicators = (state: Int32Array): Float64Array =>
  Float64Array.from({ length: 3 * state.length }, (_, at) => Number(state[Math.floor(at / 3)] === at % 3));

const everyState = Int32Array.of(0, 1, 2, 3);
const pairs = Int32Array.from({ length: 16 }, (_, i) => i);

/** Eigenvalue, and the eigenfunction in the two states in between; pairs of the same two states are counted together. */
function found(
  state: Int32Array,
  table: FrameTable,
  segments: readonly Segment[],
  isWeighed: boolean,
): number[] {
  const weights = isWeighed ? weightsOfRows(table, koopmanWeights(table, segments, 1)) : undefined;
  const weight = new Float32Array(16);
  for (const { start, end } of firstEnds(segments, 1))
    for (let at = start; at < end; at++) weight[4 * state[at] + state[at + 1]] += weights?.[at] ?? 1;
  const { eigenvalues, directions } = slowDirections(
    laggedCovariances(indicators(everyState), 3, {
      now: pairs.map((i) => i >> 2),
      later: pairs.map((i) => i & 3),
      weight: meanOne(weight),
    }),
  );
  const levels = levelsOf([...directions.getColumn(0), 0]);
  return [eigenvalues[0], levels[1], levels[2]];
}

/** Standard errors by leaving out a twentieth of the runs after the other. */
function jackknifed(
  state: Int32Array,
  segments: readonly Segment[],
  isWeighed: boolean,
): { value: number; error: number }[] {
  const groups = 20;
  const table = { values: indicators(state), width: 3 };
  const all = found(state, table, segments, isWeighed);
  const without = Array.from({ length: groups }, (_, group) =>
    found(
      state,
      table,
      segments.filter((_, run) => run % groups !== group),
      isWeighed,
    ),
  );
  return all.map((value, i) => {
    const mean = without.reduce((sum, each) => sum + each[i] / groups, 0);
    const squares = without.reduce((sum, each) => sum + (each[i] - mean) ** 2, 0);
    return { value, error: Math.sqrt((squares * (groups - 1)) / groups) };
  });
}

test('short runs off equilibrium: weighed, TICA has the exact eigenvalue and eigenfunction; alone, it has not', () => {
  const exact = exactProcess();
  const wanted = [exact.eigenvalue, exact.levels[1], exact.levels[2]];
  const repeats = 200;
  const within = { weighed: [0, 0, 0], plain: [0, 0, 0] };
  for (let seed = 1; seed <= repeats; seed++) {
    const { state, segments } = shortRuns(250, 12, seed);
    for (const kind of ['weighed', 'plain'] as const)
      jackknifed(state, segments, kind === 'weighed').forEach(({ value, error }, i) => {
        if (Math.abs(value - wanted[i]) < error) within[kind][i] += 1 / repeats;
      });
  }
  for (const part of within.weighed) assert.ok(part >= 0.61 && part <= 0.76, `${part} within one error`);
  assert.ok(within.plain[0] < 0.05, `${within.plain[0]} of plain eigenvalues within one error`);
});

/** Part of the first ends in each state, of runs that give so many. */
function firstEndsExpected(count: number): number[] {
  let now = [1, 0, 0, 0];
  const sum = [0, 0, 0, 0];
  for (let step = 0; step < count; step++) {
    now.forEach((part, i) => (sum[i] += part / count));
    now = now.map((_, j) => now.reduce((all, part, i) => all + part * chain[i][j], 0));
  }
  return sum;
}

test('the error of the weights is what they miss the exact ones by', () => {
  const started = firstEndsExpected(11);
  let [missed, told] = [0, 0];
  for (let seed = 1; seed <= 200; seed++) {
    const { state, segments } = shortRuns(250, 12, seed);
    const table = { values: indicators(state), width: 3 };
    const fitted = koopmanWeights(table, segments, 1);
    const weights = weightsOfRows(table, fitted);
    const ends = firstEnds(segments, 1).flatMap(({ start, end }) => range(start, end));
    for (const frame of ends) {
      const exact = equilibrium[state[frame]] / started[state[frame]];
      missed += (weights[frame] - exact) ** 2 / ends.length;
    }
    told += fitted.error ** 2;
  }
  const ratio = Math.sqrt(missed / told);
  assert.ok(ratio > 0.85 && ratio < 1.15, `missed by ${ratio} of the error`);
});

test('what keeps its value in every run tells no weights', () => {
  const { state, segments } = shortRuns(40, 12, 1);
  const values = Float64Array.from({ length: 2 * state.length }, (_, at) =>
    at % 2 === 0 ? state[at >> 1] : Number((at >> 1) % 24 >= 12),
  );
  assert.throws(() => koopmanWeights({ values, width: 2 }, segments, 1), {
    code: 'bad-data',
    message: /expected trajectories that tell equilibrium weights but received equations of condition number/,
  });
});
