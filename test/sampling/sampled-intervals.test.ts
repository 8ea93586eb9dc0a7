import assert from 'node:assert/strict';
import { test } from 'node:test';
import { expectInDomain, type Interval } from '../../src/sampling/index.js';

const phi = { label: 'phi', period: [-Math.PI, Math.PI] as const };
const basin = (interval: Interval, column: typeof phi | { label: string } = phi) => ({
  ...{ what: 'basin B', column, interval },
});

test('intervals within the domain, through its end, and open ones are taken', () => {
  for (const interval of [
    [0, 2.3],
    [2.8, -2.8],
    [-Infinity, 0],
    [-Math.PI, 3.142],
  ] as Interval[])
    expectInDomain(basin(interval));
  expectInDomain(basin([0, 130], { label: 'd1' }));
});

test('degrees of a column in radians are refused, with what they are in radians', () => {
  assert.throws(() => expectInDomain(basin([0, 130])), {
    code: 'bad-argument',
    message: 'expected basin B within -3.14159 to 3.14159, the domain of phi, but received phi=0..130',
    hint: 'is it in degrees? The column is in radians: phi=0..2.269',
  });
  assert.throws(() => expectInDomain(basin([-160, -35])), { hint: /phi=-2\.793\.\.-0\.6109$/ });
});

test('an end a little beyond the domain is refused without a guess', () => {
  assert.throws(() => expectInDomain(basin([2, 4])), { hint: /given as 2\.8\.\.-2\.8/ });
});

test('ends the wrong way round are refused where there is no period', () => {
  assert.throws(() => expectInDomain(basin([2, 1], { label: 'd1' })), {
    code: 'bad-argument',
    message: 'expected basin B from a lower to a higher value of d1 but received d1=2..1',
  });
});
