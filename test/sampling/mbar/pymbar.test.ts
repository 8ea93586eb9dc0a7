import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { packageRoot } from '../../../src/support/folders.js';
import { mbarWeights, solveMbar, type MbarInput } from '../../../src/sampling/mbar/index.js';

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

for (const [name, make] of Object.entries({ windows, temperatures })) {
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
