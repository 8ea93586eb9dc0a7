import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RunSegment } from '../../../../src/frames/index.js';
import { sideBlocks } from '../../../../src/training/data/split/samples.js';
import { validatingFold } from '../../../../src/training/data/split/validating-fold.js';
import { Random } from '../../../../src/support/index.js';

const frames = 10_000;
const width = 4;
const whole: RunSegment[] = [{ start: 0, end: frames, source: 'a' }];
const sampling = { lag: 5, mode: 'blocks' } as const;

/** Noise, a process that decays in 20 frames, and one that is 1 in the given stretches and else 0. */
function made(stretches: readonly (readonly [number, number])[], seed = 1): Float32Array {
  const random = new Random(seed);
  const features = new Float32Array(frames * width);
  let fast = 0;
  for (let frame = 0; frame < frames; frame++) {
    fast = 0.95 * fast + Math.sqrt(1 - 0.95 ** 2) * random.normal();
    const inside = stretches.some(([from, to]) => frame >= from && frame < to) ? 1 : 0;
    const noise = [random.normal(), random.normal()];
    features.set([inside + 0.2 * noise[0], fast + 0.1 * noise[1], fast - noise[0], noise[1]], frame * width);
  }
  return features;
}

const fold = (features: Float32Array, segments = whole) =>
  validatingFold({ features, width }, segments, sampling);

test('a state that only the usual blocks saw is left to the others, which is told', () => {
  // blocks of 1000 frames: the third and the eighth validate
  const { fold: chosen, reason } = fold(
    made([
      [2100, 2500],
      [7300, 7600],
    ]),
  );
  assert.notEqual(chosen.index, 2);
  assert.match(
    reason!,
    /^every fifth block from the first validates, not from the third: those hold \d+ % of a slow process, these \d+ %$/,
  );
  const trains = sideBlocks(whole, { ...sampling, fold: chosen }).filter(({ side }) => side === 'train');
  assert.ok(trains.some(({ start, end }) => start <= 2100 && end >= 2500));
});

test('the usual blocks validate where the others saw as much, and where a state was visited once', () => {
  const often = Array.from({ length: 20 }, (_, i) => [i * 500, i * 500 + 150] as const);
  assert.deepEqual(fold(made(often)), { fold: { index: 2, count: 5 } });
  assert.deepEqual(fold(made([[4100, 4400]])), { fold: { index: 2, count: 5 } });
});

test('of two runs, a state that one saw in its last blocks', () => {
  const two: RunSegment[] = [
    { start: 0, end: 5000, source: 'a' },
    { start: 5000, end: frames, source: 'b' },
  ];
  assert.notEqual(fold(made([[7010, 7900]]), two).fold.index, 2);
});
