import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reweight, thermalEnergy, unbiasedSample } from '../../src/sampling/index.js';
import { Random } from '../../src/support/random.js';
import { representatives } from '../../src/states/representatives.js';

const random = new Random(9);
const frames = 5000;
const labels = new Uint8Array(frames).fill(1);

test('the medoid is in the middle, and ten more are spread along the run', () => {
  const x = Float64Array.from({ length: frames }, () => 3 + random.normal());
  const y = Float64Array.from({ length: frames }, () => 100 * random.normal());
  const columns = [
    { label: 'x', values: x },
    { label: 'y', values: y },
  ];
  const { medoid, more } = representatives(columns, labels, 1, unbiasedSample(frames, 300));
  assert.ok(Math.hypot(x[medoid!] - 3, y[medoid!] / 100) < 0.2, `${x[medoid!]} ${y[medoid!]}`);
  assert.equal(more.length, 10);
  assert.ok(!more.includes(medoid!));
  more.forEach((frame, i) => assert.ok(Math.abs(frame - (i + 0.5) * 500) < 3, String(frame)));
});

test('frames count by their weights, and only those that may be taken are', () => {
  const x = Float64Array.from({ length: frames }, (_, i) => (i % 2) * 10 + random.normal());
  // every second frame weighs a hundredth
  const bias = Float64Array.from({ length: frames }, (_, i) =>
    i % 2 === 0 ? 0 : -thermalEnergy(300) * Math.log(100),
  );
  const sample = reweight(bias, 300, { discard: 0 });
  const { medoid, more } = representatives([{ label: 'x', values: x }], labels, 1, sample);
  assert.ok(Math.abs(x[medoid!]) < 0.3);
  assert.ok(more.filter((frame) => frame % 2 === 0).length >= 9);
  const odd = representatives([{ label: 'x', values: x }], labels, 1, sample, {
    usable: (frame) => frame % 2 === 1,
  });
  assert.ok(Math.abs(x[odd.medoid!] - 10) < 0.3);
  assert.deepEqual(representatives([{ label: 'x', values: x }], labels, 2, sample), {
    medoid: undefined,
    more: [],
  });
});

test('a medoid across the end of a period', () => {
  const phi = Float64Array.from({ length: frames }, () => {
    const at = Math.PI + 0.3 * random.normal();
    return at > Math.PI ? at - 2 * Math.PI : at;
  });
  const column = { label: 'phi', values: phi, period: [-Math.PI, Math.PI] as const };
  const { medoid } = representatives([column], labels, 1, unbiasedSample(frames, 300));
  assert.ok(Math.abs(phi[medoid!]) > Math.PI - 0.05, String(phi[medoid!]));
});
