import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { packageRoot } from '../../../src/support/folders.js';
import {
  mbarErrors,
  mbarMean,
  mbarWeights,
  mbarWindows,
  solveMbar,
  type MbarInput,
} from '../../../src/sampling/mbar/index.js';

// pymbar 4.0.3 on the same frames; pymbar_reference.py made them and asked it.

interface Answer {
  counts: number[];
  f: number[];
  errors: number[];
  mean: [number, number];
  square: [number, number];
  overlap: number[][];
  eigenvalues: number[];
}

const reference = JSON.parse(
  readFileSync(join(packageRoot(), 'test', 'fixtures', 'mbar', 'pymbar.json'), 'utf8'),
) as {
  windows: Answer & { centres: number[]; kappas: number[]; x: number[] };
  temperatures: Answer & { betas: number[]; energy: number[] };
  independent: Answer & { centres: number[]; kappa: number };
};

/** The input, the target of the averages and what is averaged. */
interface Case {
  answer: Answer;
  input: MbarInput;
  target: Float64Array | undefined;
  observable: Float64Array;
}

const origin = (counts: readonly number[]): Int32Array =>
  Int32Array.from(counts.flatMap((count, state) => Array.from({ length: count }, () => state)));

function windows(): Case {
  const { windows: answer } = reference;
  const x = Float64Array.from(answer.x);
  const energies = answer.centres.map((centre, i) =>
    x.map((value) => 0.5 * answer.kappas[i] * (value - centre) ** 2),
  );
  const states = answer.centres.map((centre) => `window at ${centre}`);
  const input = { states, energies, origin: origin(answer.counts) };
  return { answer, input, target: undefined, observable: x };
}

function temperatures(): Case {
  const { temperatures: answer } = reference;
  const observable = Float64Array.from(answer.energy);
  const energies = answer.betas.map((beta) => observable.map((energy) => beta * energy));
  const input = {
    states: answer.betas.map((beta) => `β ${beta}`),
    energies,
    origin: origin(answer.counts),
  };
  return { answer, input, target: observable.map((energy) => 0.85 * energy), observable };
}

/** The frames that the script made. */
function independent(): Case {
  const { independent: answer } = reference;
  let seed = 1;
  const uniform = (): number => {
    // 1664525 · seed is below 2^53
    seed = (1664525 * seed + 1013904223) % 2 ** 32;
    return (seed + 0.5) / 2 ** 32;
  };
  const { kappa } = answer;
  const x = Float64Array.from(
    answer.counts.flatMap((count, state) =>
      Array.from({ length: count }, () => {
        const normal = Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
        return (kappa * answer.centres[state]) / (kappa + 1) + normal / Math.sqrt(kappa + 1);
      }),
    ),
  );
  const energies = answer.centres.map((centre) => x.map((value) => 0.5 * kappa * (value - centre) ** 2));
  const states = answer.centres.map((centre) => `window at ${centre}`);
  return {
    answer,
    input: { states, energies, origin: origin(answer.counts) },
    target: undefined,
    observable: x,
  };
}

for (const [name, make] of Object.entries({ windows, temperatures, independent })) {
  test(`free energies, overlap and averages of ${name} are pymbar's`, () => {
    const { answer, input, target, observable } = make();
    const solution = solveMbar(input);
    answer.f.forEach((f, state) => assert.ok(Math.abs(solution.f[state] - f) < 1e-8, input.states[state]));
    const weights = mbarWeights(solution, target);
    const mean = (power: number): number =>
      weights.reduce((sum, weight, frame) => sum + weight * observable[frame] ** power, 0);
    assert.ok(Math.abs(mean(1) - answer.mean[0]) < 1e-8);
    assert.ok(Math.abs(mean(2) - answer.square[0]) < 1e-8);
    answer.overlap.forEach((row, a) =>
      row.forEach((overlap, b) => assert.ok(Math.abs(solution.overlap[a][b] - overlap) < 1e-8, `${a} ${b}`)),
    );
    solution.eigenvalues.forEach((value, i) =>
      assert.ok(Math.abs(value - answer.eigenvalues[i]) < 1e-8, `eigenvalue ${i}`),
    );
  });
}

test('errors of independent frames are those of pymbar, which has them from a formula', (t) => {
  const { answer, input, observable } = independent();
  const solution = solveMbar(input);
  const windows = mbarWindows(input, solution);
  windows.forEach(({ inefficiency }) => assert.ok(inefficiency < 1.2, `${inefficiency}`));
  const frames = { input, solution, windows };
  const ratios = Array.from(mbarErrors(frames), (error, state) => error / answer.errors[state]).slice(1);
  const mean = mbarMean(observable, frames);
  const square = mbarMean(
    observable.map((value) => value * value),
    frames,
  );
  assert.ok(Math.abs(mean.value - answer.mean[0]) < 1e-8);
  ratios.push(mean.error / answer.mean[1], square.error / answer.square[1]);
  t.diagnostic(ratios.map((ratio) => ratio.toFixed(3)).join(', '));
  // nine windows of 190 blocks know an error to 2 %
  for (const ratio of ratios) assert.ok(Math.abs(ratio - 1) < 0.06, `${ratio}`);
});
