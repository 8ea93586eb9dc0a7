import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { diagnose, judgedOn, type Diagnostics } from '../../src/diagnostics/index.js';
import { fingerprint } from '../../src/frames/index.js';
import { constant, input, jacobian, matmul } from '../../src/graph/index.js';
import { randomNumbers } from '../free-energy/random.js';
import { doubleWell, muellerBrown, overdamped } from '../kinetics/systems.js';
import { dataset, normals } from './synthetic.js';

/** Diagnostics of linear CVs, one row of weights each, on columns a ps apart. */
async function judged(
  columns: readonly Float64Array[],
  cvs: readonly (readonly number[])[],
  lag = 5,
  options: { weights?: Float64Array } = {},
): Promise<Diagnostics> {
  const inputs = dataset(
    columns.map((_, i) => `x${i}`),
    columns,
  );
  const x = input('x', ['n', columns.length]);
  const weight = columns.flatMap((_, i) => cvs.map((row) => row[i]));
  const cv = matmul(x, constant(weight, [columns.length, cvs.length], 'w'));
  const names = cvs.map((_, i) => `node-${i}`);
  return diagnose({ x, cv, jacobian: jacobian(cv, x) }, inputs, { cvs: names, lag, ...options });
}

const twoWells = (first: number, second: number, seed: number): Float64Array[] => {
  const force = [doubleWell(first), doubleWell(second)];
  const walk = { frames: 12_000, stride: 10, step: 0.005, seed };
  return overdamped((at) => at.map((value, i) => force[i](value)), [-1, -1], walk);
};

describe('two double wells as slow as one another', () => {
  const wells = twoWells(4, 4, 1);

  it('ask for both CVs where each is of one well', async () => {
    const { verdict, others, hidden } = await judged(wells, [
      [1, 0],
      [0, 1],
    ]);
    assert.ok(!verdict.good);
    assert.match(verdict.headline, /node-1 adds a process as slow \(\d+ % of node-0's time scale\)/);
    assert.match(verdict.headline, /bias both$/);
    const { part } = others[0].adds!;
    assert.ok(part > 0.6 && part < 1.4, String(part));
    assert.equal(hidden, undefined);
  });

  it('ask for both where the first mixes them: its middle basin is two along the second', async () => {
    const { verdict, basins, others } = await judged(wells, [
      [1, 0.8],
      [1, -1],
    ]);
    assert.equal(basins.basins.length, 3);
    const split = others[0].splits.find(({ basin }) => basin === 1)!;
    // from (−, +) to (+, −) both would have to flip within a frame or two
    assert.ok(split.crossings <= 1, String(split.crossings));
    assert.match(verdict.findings[0], /basin 2 of node-0 \(\d+ % of the frames\) is two along node-1/);
    assert.match(verdict.findings[0], /bias both$/);
  });

  it('miss one where only the first is learned', async () => {
    const { verdict, hidden } = await judged(wells, [[1, 0]]);
    assert.ok(hidden!.part > 0.6 && hidden!.part < 1.4, String(hidden!.part));
    assert.match(
      verdict.headline,
      /a further process as slow is in the inputs \(\d+ % .*\): train with 2 CVs$/,
    );
  });
});

it('a second double well with a lower barrier, and so three times as fast, is not told', async () => {
  const wells = twoWells(4, 2, 3);
  for (const cvs of [
    [[1, 0]],
    [
      [1, 0],
      [0, 1],
    ],
  ]) {
    const { verdict, hidden } = await judged(wells, cvs);
    assert.ok(verdict.good, verdict.findings.join('; '));
    assert.equal(hidden, undefined);
  }
});

/** Three states at (−1, 0), (0, 1), (1, 0); on the way from one to the next, five frames in a straight line. */
function threeStates(neighbours: readonly (readonly number[])[], seed: number): Float64Array[] {
  const places = [
    [-1, 0],
    [0, 1],
    [1, 0],
  ];
  const { uniform, normal } = randomNumbers(seed);
  const [x, y]: [number[], number[]] = [[], []];
  const put = (at: readonly number[]): void => {
    x.push(at[0] + 0.12 * normal());
    y.push(at[1] + 0.12 * normal());
  };
  let state = 0;
  while (x.length < 12_000) {
    put(places[state]);
    if (uniform() > 0.01) continue;
    const next = neighbours[state][Math.floor(neighbours[state].length * uniform())];
    for (let part = 1; part < 6; part++)
      put([0, 1].map((a) => places[state][a] + (part / 6) * (places[next][a] - places[state][a])));
    state = next;
  }
  return [Float64Array.from(x), Float64Array.from(y)];
}

describe('three states', () => {
  const cvs = [
    [1, 0],
    [0, 1],
  ];

  it('on a ring: trajectories pass beside the middle one, as the second CV tells', async () => {
    const ring = threeStates(
      [
        [1, 2],
        [0, 2],
        [0, 1],
      ],
      5,
    );
    const { basins, others, verdict } = await judged(ring, cvs);
    assert.equal(basins.basins.length, 3);
    const [{ basin, beside, into }] = others[0].passes;
    assert.equal(basin, 1);
    // A third of all steps are between the ends, two thirds of the others' half come in.
    assert.ok(beside > 0.6 * into && beside < 1.5 * into, `${beside} beside, ${into} into`);
    assert.match(
      verdict.findings.join('; '),
      /trajectories pass beside basin 2 of node-0 \d+ times.*node-1 tells apart: bias both/,
    );
  });

  it('in a row: nothing passes beside the middle one, and one CV carries both processes', async () => {
    const row = threeStates([[1], [0, 2], [1]], 6);
    const { basins, others, hidden } = await judged(row, cvs);
    assert.equal(basins.basins.length, 3);
    assert.deepEqual(others[0].passes, []);
    assert.deepEqual(others[0].splits, []);
    assert.deepEqual([others[0].adds, hidden], [undefined, undefined]);
  });
});

it('the one slow process of Müller and Brown asks for one CV', async () => {
  const walk = { frames: 12_000, stride: 20, step: 1e-3, seed: 7 };
  const frames = overdamped(muellerBrown(20), [-0.5, 1.4], walk);
  const { verdict, others, hidden, quality } = await judged(frames, [
    [1, -1],
    [1, 1],
  ]);
  assert.ok(quality.slow!.timescale!.value > 5, 'the process is slower than the lag');
  assert.deepEqual([others[0].adds, others[0].passes, hidden], [undefined, [], undefined]);
  assert.ok(!verdict.findings.some((finding) => /bias both|--latent/.test(finding)), verdict.findings.join());
});

it('weights of biased frames go into basins and time scales', async () => {
  const [x] = twoWells(3, 3, 8);
  const noise = normals(x.length, 9);
  const weights = x.map((value) => (value > 0 ? 0.2 : 1.8));
  const plain = await judged([x, noise], [[1, 0]]);
  const weighted = await judged([x, noise], [[1, 0]], 5, { weights });
  const right = x.reduce((sum, value) => sum + (value > 0 ? 1 : 0), 0) / x.length;
  const expected = (0.2 * right) / (0.2 * right + 1.8 * (1 - right));
  const total = weighted.basins.basins.reduce((sum, { fraction }) => sum + fraction, 0);
  assert.ok(Math.abs(weighted.basins.basins[1].fraction / total - expected) < 0.02);
  assert.ok(Math.abs(plain.basins.basins[1].fraction - right) < 0.02);
  assert.equal(weighted.weighted, true);
  assert.deepEqual(
    weighted.basins.basins.map(({ frames }) => frames > 0),
    [true, true],
  );
});

describe('frames that a model is judged on', () => {
  const table = dataset(['a', 'b'], [normals(500, 1), normals(500, 2)]);
  const ranges = (of: typeof table) => {
    const columns = [0, 1].map((j) => [...of.data].filter((_, i) => i % 2 === j));
    return { min: columns.map((c) => Math.min(...c)), max: columns.map((c) => Math.max(...c)) };
  };
  const trained = { frames: 500, fingerprint: fingerprint(table), ...ranges(table) };

  it('are those of the training by their fingerprint, or by number and ranges where they were printed', () => {
    assert.equal(judgedOn(table, { ...trained, min: [0, 0], max: [0, 0] }), 'training');
    const printed = { ...table, data: table.data.map((value) => Number(value.toFixed(6))) };
    assert.equal(judgedOn(printed, trained), 'training');
  });

  it('are others otherwise, and unknown where the file does not say', () => {
    const other = dataset(['a', 'b'], [normals(500, 3), normals(500, 4)]);
    assert.equal(judgedOn(other, trained), 'others');
    assert.equal(judgedOn(table, { min: [0, 0], max: [1, 1] }), undefined);
  });
});
