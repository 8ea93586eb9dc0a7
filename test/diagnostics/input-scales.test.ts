import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inputScales } from '../../src/diagnostics/input-scales.js';

test('deviations; of a periodic input about its circular mean, across its ends', () => {
  const scales = inputScales({
    columns: [{ label: 'd' }, { label: 'phi', period: [-180, 180] }],
    frames: 4,
    data: Float64Array.of(1, 170, 3, -170, 1, 170, 3, -170),
    time: Float64Array.of(0, 1, 2, 3),
    segments: [{ start: 0, end: 4, source: 'a' }],
  });
  assert.ok(Math.abs(scales[0] - 1) < 1e-12 && Math.abs(scales[1] - 10) < 1e-9, scales.join());
});
