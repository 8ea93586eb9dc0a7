import assert from 'node:assert/strict';
import { test } from 'node:test';
import { discriminantDirections } from '../../src/models/index.js';
import { Random } from '../../src/support/random.js';

/** Frames in states 1, 4 and none, with weights; normal within a state, of deviations 1 and 2. */
function labelled(frames: number) {
  const random = new Random(11);
  const features = new Float64Array(2 * frames);
  const label = new Int32Array(frames);
  const weight = new Float32Array(frames);
  for (let i = 0; i < frames; i++) {
    label[i] = [4, 1, -1][i % 3];
    weight[i] = 0.5 + random.uniform();
    const [a, b] = [random.normal(), 2 * random.normal()];
    features.set(label[i] === 4 ? [a + 3, b + 1] : [a, b], 2 * i);
  }
  return { features, width: 2, now: Int32Array.from({ length: frames }, (_, i) => i), label, weight };
}

type Table = ReturnType<typeof labelled>;

/** Weighted mean and covariance of one state, in the plainest way. */
function momentsOf({ features, label, weight }: Table, state: number) {
  let [sum, x, y, xx, xy, yy] = [0, 0, 0, 0, 0, 0];
  label.forEach((own, i) => {
    if (own !== state) return;
    const [a, b, w] = [features[2 * i], features[2 * i + 1], weight[i]];
    sum += w;
    x += w * a;
    y += w * b;
    xx += w * a * a;
    xy += w * a * b;
    yy += w * b * b;
  });
  const [mx, my] = [x / sum, y / sum];
  return { mean: [mx, my], covariance: [xx / sum - mx * mx, xy / sum - mx * my, yy / sum - my * my] };
}

for (const frames of [300, 100_000])
  test(`two states of ${frames} frames: the direction is Fisher's S_w⁻¹ (m₄ − m₁)`, () => {
    const table = labelled(frames);
    const [one, four] = [momentsOf(table, 1), momentsOf(table, 4)];
    const [a, b, c] = one.covariance.map((value, i) => (value + four.covariance[i]) / 2);
    const [dx, dy] = [four.mean[0] - one.mean[0], four.mean[1] - one.mean[1]];
    const exact = [c * dx - b * dy, a * dy - b * dx];
    const found = discriminantDirections(table, 'arithmetic').directions.getColumn(0);
    const size = (v: number[]): number => Math.hypot(...v);
    exact.forEach((value, i) => assert.ok(Math.abs(value / size(exact) - found[i] / size(found)) < 1e-6));
  });
