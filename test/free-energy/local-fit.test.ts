import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fitLocally } from '../../src/free-energy/local-fit.js';

const open = [-Infinity, Infinity] as const;

/** Mass and first moment of f under exp(−t²/2) between two ends, by the midpoint rule. */
function moments(f: (t: number) => number, lower: number, upper: number): [number, number] {
  // at a wall the kernel is cut where it is 1e-8
  const reach = lower === -Infinity && upper === Infinity ? 12 : 6;
  const [steps, from, to] = [20_000, Math.max(-reach, lower), Math.min(reach, upper)];
  let [mass, first] = [0, 0];
  for (let i = 0; i < steps; i++) {
    const t = from + ((i + 0.5) * (to - from)) / steps;
    const value = (f(t) * Math.exp((-t * t) / 2) * (to - from)) / steps;
    mass += value;
    first += t * value;
  }
  return [mass, first];
}

for (const [what, ends] of [
  ['far from an end', open],
  ['at a wall', [0, Infinity]],
  ['between two walls', [-0.3, 0.8]],
] as const)
  test(`a straight free energy comes out exactly ${what}`, () => {
    for (const slope of [0, -1.3, 2]) {
      const { logDensity } = fitLocally(
        moments((t) => 5 * Math.exp(slope * t), ends[0], ends[1]),
        [ends],
      );
      assert.ok(Math.abs(logDensity - Math.log(5)) < 1e-6, `${slope}: ${logDensity}`);
    }
  });

test('factors are the derivatives by the moments', () => {
  for (const ends of [open, [-0.5, 2] as const]) {
    const at = [2, 0.7];
    const { factors } = fitLocally(at, [ends]);
    at.forEach((value, i) => {
      const moved = (by: number) => fitLocally(at.with(i, value + by), [ends]).logDensity;
      const slope = (moved(1e-4) - moved(-1e-4)) / 2e-4;
      assert.ok(Math.abs(slope - factors[i]) < 1e-5, `${slope} and ${factors[i]}`);
    });
  }
});

test('without a kernel on it a point has no density', () => {
  assert.equal(fitLocally([0, 0], [open]).logDensity, NaN);
});
