import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { ensembleModel } from '../../src/campaign/ensemble-model.js';
import { diagnose } from '../../src/diagnostics/index.js';
import {
  add,
  evaluate,
  greater,
  jacobian as jacobianOf,
  sub,
  where,
  type Feeds,
} from '../../src/graph/index.js';
import { methods, type MethodName } from '../../src/models/index.js';
import { loadNativeModel } from '../../src/native/index.js';
import { readModelFile, writeModelFile } from '../../src/onnx/index.js';
import { newModel, train, type TrainOptions } from '../../src/training/index.js';
import { centralDifferences, difference } from '../graph/numbers.js';
import { temporaryFolder } from '../temporary-folder.js';
import { overdamped, threeWells, walkDataset, type Walk } from './langevin.js';

// Frames of a walk on a ring with three wells, whose own angle is what a latent on a circle has to find: up to a sign and an origin.

const walk: Walk = { start: [1, 0], step: 1e-3, stride: 30, frames: 4000, seed: 11 };
const ring = walkDataset(overdamped(threeWells, walk), walk);
const own = Float64Array.from({ length: ring.frames }, (_, i) =>
  Math.atan2(ring.data[2 * i + 1], ring.data[2 * i]),
);
const settings: TrainOptions = {
  ...{ latent: 1, hidden: [24, 24], lag: 0.09, batch: 500, epochs: 50, learningRate: 3e-3, seed: 2 },
  methodOptions: { angles: 1 },
};
const scratch = temporaryFolder('angles');
const wrap = (angle: number): number => angle - 2 * Math.PI * Math.round(angle / (2 * Math.PI));

/** Root mean square of how far a learned angle is from the own one, with the best sign and origin, rad. */
function awayFrom(found: Float64Array): number {
  return Math.min(
    ...[1, -1].map((sign) => {
      const away = found.map((angle, i) => angle - sign * own[i]);
      const [s, c] = [Math.sin, Math.cos].map((f) => away.reduce((sum, angle) => sum + f(angle), 0));
      const origin = Math.atan2(s, c);
      const squares = away.reduce((sum, angle) => sum + wrap(angle - origin) ** 2, 0);
      return Math.sqrt(squares / away.length);
    }),
  );
}

const plain = await train(ring, { ...settings, method: 'autoencoder' });
const path = join(scratch, 'ring.onnx');
const bytes = writeModelFile(newModel(plain));
writeFileSync(path, bytes);
const { graph, metadata, decoder } = readModelFile(bytes);
const { x, cv, jacobian } = graph!;

test('the latent of a ring is its angle, whose domain ends in no well', () => {
  assert.ok(awayFrom(plain.cv) < 0.05, `${awayFrom(plain.cv)} rad`);
  const atEnd = plain.cv.filter((angle) => Math.abs(angle) > 3).length / ring.frames;
  assert.ok(atEnd < 0.01, `${atEnd} of the frames within 0.14 rad of the ends`);
});

// a slow latent is flat within the wells and steep between them
for (const [method, most] of [
  ['vamp-autoencoder', 0.3],
  ['time-lagged-autoencoder', 0.3],
  ['denoising-autoencoder', 0.15],
] satisfies [MethodName, number][])
  test(`${method}: it goes around as the own angle does`, async () => {
    const { cv: found, record } = await train(ring, { ...settings, method, epochs: 25 });
    const away = awayFrom(found);
    assert.ok(away < most, `${away} rad`);
    if (methods[method].orientation === 'slow') assert.ok(record.eigenvalues![0] > 0.95);
  });

test('the file says its domain, and its range over the frames', () => {
  const [{ period, min, max }] = metadata!.outputs;
  assert.deepEqual(period, [-Math.PI, Math.PI]);
  assert.ok(min > -Math.PI && min < -2 && max < Math.PI && max > 2);
  assert.match(metadata!.network, /^2-24-24-2 tanh, 1 of 1 CVs an angle$/);
});

// in double, where 2π of one end is 2π of the other
const doubles = { cv: plain.graph.cv, jacobian: jacobianOf(plain.graph.cv, plain.graph.x) };

/** Points of the ring, those with an even index just before an end of the domain, the others just behind it. */
function atTheEnds(): Float64Array {
  const at = (angle: number): number[] => [Math.cos(angle), Math.sin(angle)];
  const valueOf = (angle: number): number =>
    evaluate({ cv: doubles.cv }, { x: { shape: [1, 2], data: Float64Array.from(at(angle)) } }).cv.data[0];
  const steps = Array.from({ length: 361 }, (_, i) => (i * Math.PI) / 180);
  const jump = steps.findIndex((angle, i) => i > 0 && Math.abs(valueOf(angle) - valueOf(steps[i - 1])) > 3);
  let [low, high] = [steps[jump - 1], steps[jump]];
  while (high - low > 1e-6) {
    const middle = (low + high) / 2;
    if (Math.abs(valueOf(middle) - valueOf(low)) > 3) high = middle;
    else low = middle;
  }
  return Float64Array.from([...at(low), ...at(high)]);
}

test('its derivative goes on across the end of the domain: against differences on the circle', () => {
  const rows = atTheEnds();
  const feeds = { x: { shape: [2, 2], data: rows } };
  const told = evaluate(doubles, feeds);
  const [before, behind] = told.cv.data;
  assert.ok(
    Math.abs(before - behind) > 6.28 && Math.abs(wrap(before - behind)) < 1e-5,
    `${before}, ${behind}`,
  );
  for (let row = 0; row < 2; row++)
    for (let d = 0; d < 2; d++) {
      const shifted = (by: number): number => {
        const data = Float64Array.from(rows);
        data[2 * row + d] += by;
        return evaluate({ cv: doubles.cv }, { x: { shape: [2, 2], data } }).cv.data[row];
      };
      const step = 1e-5; // wider than both are from the end: some of these differences reach across
      const slope = wrap(shifted(step) - shifted(-step)) / (2 * step);
      assert.ok(
        Math.abs(slope - told.jacobian.data[2 * row + d]) < 1e-7,
        `${row}, ${d}: ${slope}, not ${told.jacobian.data[2 * row + d]}`,
      );
    }
});

test('its derivative is that of differences on frames, and the native core has both in double', () => {
  const rows = ring.data.slice(0, 400);
  const feeds: Feeds = { x: { shape: [200, 2], data: rows } };
  const told = evaluate({ cv, jacobian }, feeds);
  const summed = (given: Feeds): number => {
    const { data } = evaluate({ cv }, given).cv;
    return data.reduce((sum, value, i) => sum + told.cv.data[i] + wrap(value - told.cv.data[i]), 0);
  };
  assert.ok(difference(centralDifferences(summed, feeds, 'x'), told.jacobian.data) < 1e-7);
  const native = loadNativeModel(path, { evaluator: 'native' }).evaluateWithJacobian(rows);
  assert.ok(difference(native.cv, told.cv.data) < 1e-12);
  assert.ok(difference(native.jacobian, told.jacobian.data) < 1e-11);
});

test('the way back goes around without a step, and gives the ring', () => {
  const ends = Float64Array.from([-Math.PI, Math.PI, ...plain.cv.subarray(0, 300)]);
  const { reconstruction } = decoder!;
  const told = evaluate({ reconstruction: reconstruction! }, { cv: { shape: [302, 1], data: ends } });
  const { data } = told.reconstruction;
  assert.ok(difference(data.slice(0, 2), data.slice(2, 4)) < 1e-6);
  const away = Array.from({ length: 300 }, (_, i) =>
    wrap(Math.atan2(data[2 * i + 5], data[2 * i + 4]) - own[i]),
  );
  assert.ok(Math.sqrt(away.reduce((sum, angle) => sum + angle ** 2 / 300, 0)) < 0.1);
});

test('inspect looks at it on the circle, wherever the domain ends', async () => {
  const periods = [[-Math.PI, Math.PI]] as const;
  // the same CV with its domain cut through the first well
  const cut = evaluate({ cv }, { x: { shape: [1, 2], data: ring.data.slice(0, 2) } }).cv.data[0];
  const moved = add(cv, Math.PI - cut);
  const through = where(greater(moved, Math.PI), sub(moved, 2 * Math.PI), moved);
  const found: number[] = [];
  for (const own of [cv, through]) {
    const judged = { x, cv: own, jacobian };
    const { basins, reconstruction, scores } = await diagnose(judged, ring, {
      ...{ cvs: ['node-0'], lag: 0.09, periods },
    });
    assert.equal(basins.basins.length, 3);
    assert.ok(reconstruction.total > 0.95, `${reconstruction.total}`);
    found.push(scores!.vamp2.mean);
  }
  assert.ok(Math.abs(found[0] - found[1]) < 1e-9, `${found.join(' and ')}`);
});

test('an angle beside a CV that is none: each has what is its own', async () => {
  const both = await train(ring, { ...settings, method: 'autoencoder', latent: 2, epochs: 2 });
  const { outputs } = both;
  assert.deepEqual(
    [outputs.min[1], outputs.max[1]].map((end) => Number(end.toFixed(9))),
    [-1, 1],
  );
  const model = newModel(both);
  assert.deepEqual(
    model.metadata.outputs.map(({ period }) => period !== undefined),
    [true, false],
  );
});

test('more angles than CVs, and an ensemble of angles, are refused', async () => {
  await assert.rejects(train(ring, { ...settings, method: 'autoencoder', methodOptions: { angles: 2 } }), {
    code: 'bad-argument',
    message: 'expected at most 1 angles, one for each CV, but received 2',
  });
  assert.throws(() => ensembleModel([plain, plain]), { code: 'bad-argument', message: /without a period/ });
});
