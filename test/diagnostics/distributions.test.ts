import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cvDistribution } from '../../src/diagnostics/distributions.js';
import type { CvBasins } from '../../src/kinetics/index.js';

const basins = {
  basins: [
    { lower: 0, upper: 2 },
    { lower: 2, upper: Infinity },
  ],
} as unknown as CvBasins;
const total = (counts: number[]): number => counts.reduce((a, b) => a + b, 0);

test('frames by file and by basin of the first CV, both ends in a bin', () => {
  const values = Float64Array.of(0, 30, 59.9, 60);
  const segments = [
    { start: 0, end: 3, source: 'a' },
    { start: 3, end: 4, source: 'b' },
  ];
  const found = cvDistribution('cv', values, Float64Array.of(0, 1, 2, 3), basins, segments);
  assert.deepEqual([found.lower, found.upper], [0, 60]);
  const [a, b] = found.bySource;
  assert.deepEqual([a.name, a.counts[0], a.counts[30], a.counts[59], total(a.counts)], ['a', 1, 1, 1, 3]);
  assert.deepEqual([b.name, b.counts[59], total(b.counts)], ['b', 1, 1]);
  assert.deepEqual(
    found.byBasin.map(({ name, counts }) => [name, total(counts)]),
    [
      ['basin 1', 2],
      ['basin 2', 2],
    ],
  );
});

test('a CV of one value lies in one bin', () => {
  const segments = [{ start: 0, end: 2, source: 'a' }];
  const { bySource } = cvDistribution('cv', Float64Array.of(5, 5), Float64Array.of(0, 0), basins, segments);
  assert.equal(bySource[0].counts[0], 2);
});
