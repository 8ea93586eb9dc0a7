import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mul } from '../../../src/graph/index.js';
import type { EncoderParts } from '../../../src/training/outcome/encoder.js';
import { kolmogorovOf } from '../../../src/training/outcome/kolmogorov-facts.js';

/** z = 3 (x − 1)/2 at frames from −3 to 5: |∇q|² is (3/8)² where x = 1, its largest. */
const frames = Array.from({ length: 801 }, (_, i) => (i - 300) / 100);
const inputs = {
  ...{ frames: frames.length, data: Float64Array.from(frames), time: Float64Array.from(frames.keys()) },
  ...{ columns: [{ label: 'x' }], segments: [{ source: 'x', start: 0, end: frames.length }] },
};
const parts = (epsilon?: number): EncoderParts =>
  ({
    ...{ columns: 1, map: { plain: [0], periodic: [] }, scaling: { mean: [1], scale: [2] } },
    parameters: new Map(),
    method: {
      parameters: [],
      committor: {
        logit: (_parameters: unknown, x: Parameters<typeof mul>[0]) => mul(x, 3),
        ...{ lambda: 2, ...(epsilon !== undefined && { epsilon }) },
      },
    },
  }) as unknown as EncoderParts;

test('ε goes by the steepest frame, with ∇ by the inputs in their units, unless it is given', () => {
  const found = kolmogorovOf(parts(), inputs, 300)!;
  assert.deepEqual({ ...found, epsilon: 0 }, { temperature: 300, lambda: 2, epsilon: 0 });
  assert.ok(Math.abs(found.epsilon - 1e-5 * (3 / 8) ** 2) < 1e-12, String(found.epsilon));
  assert.equal(kolmogorovOf(parts(0.5), inputs, 300)!.epsilon, 0.5);
});

test('without a temperature, or a committor, there is no bias', () => {
  assert.equal(kolmogorovOf(parts(), inputs, undefined), undefined);
  const other = { ...parts(), method: { parameters: [] } } as unknown as EncoderParts;
  assert.equal(kolmogorovOf(other, inputs, 300), undefined);
});
