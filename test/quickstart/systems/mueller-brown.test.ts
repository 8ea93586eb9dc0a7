import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  muellerBrownDeltaF,
  muellerBrownFeatures,
  muellerBrownPesmd,
  muellerBrownPlumed,
} from '../../../src/quickstart/systems/mueller-brown.js';
import {
  basinBoundary,
  muellerBrownEnergy,
  muellerBrownFormula,
  muellerBrownMinima,
  muellerBrownSaddles,
} from '../../../src/quickstart/systems/mueller-brown-surface.js';

const round = (value: number): number => Number(value.toFixed(2));

// heights as mlcolvar's tutorials print them for the surface scaled by 0.15
test('minima and saddles have the heights known for the scaled surface', () => {
  const height = (at: { x: number; y: number }): number => round(muellerBrownEnergy(at.x, at.y));
  assert.deepEqual(muellerBrownMinima.map(height), [0, 9.89, 5.78]);
  assert.deepEqual(muellerBrownSaddles.map(height), [15.91, 11.17]);
});

test('the forces vanish at the minima and saddles', () => {
  const step = 1e-4;
  for (const { x, y } of [...muellerBrownMinima, ...muellerBrownSaddles]) {
    const dx = (muellerBrownEnergy(x + step, y) - muellerBrownEnergy(x - step, y)) / (2 * step);
    const dy = (muellerBrownEnergy(x, y + step) - muellerBrownEnergy(x, y - step)) / (2 * step);
    // coordinates are given to 1e-3, curvatures are some hundreds
    assert.ok(Math.hypot(dx, dy) < 0.3, `${dx}, ${dy} at ${x}, ${y}`);
  }
});

test("PLUMED's formula is the same surface", () => {
  const source = muellerBrownFormula().replaceAll('exp', 'Math.exp').replaceAll('^', '**');
  // the formula is arithmetic of our own making; JavaScript reads it once `^` is `**`
  // eslint-disable-next-line @typescript-eslint/no-implied-eval
  const formula = new Function('x', 'y', `return ${source}`) as (x: number, y: number) => number;
  for (const [x, y] of [
    [-0.5, 1.4],
    [0.6, 0],
    [-1.3, 0.2],
    [1.1, 1.9],
  ] as const) {
    assert.ok(Math.abs(formula(x, y) - muellerBrownEnergy(x, y)) < 1e-9);
  }
});

test('the boundary lies on the main saddle', () => {
  const saddle = muellerBrownSaddles[0];
  assert.equal(round(saddle.y - saddle.x), basinBoundary);
});

test('the free-energy difference hardly depends on where the boundary is put, and is near the well depths', () => {
  // harmonic estimate at B: 5.78 + kT ln of the ratio of widths, some tenths
  const exact = muellerBrownDeltaF(1);
  assert.ok(exact > 4.5 && exact < 6, String(exact));
});

test('the PLUMED input prints every mixed coordinate', () => {
  const input = muellerBrownPlumed();
  assert.equal(muellerBrownFeatures.length, 10);
  for (const label of muellerBrownFeatures)
    assert.match(input, new RegExp(`^${label}: CUSTOM .*PERIODIC=NO$`, 'm'));
  assert.match(input, /PRINT ARG=.*f10 STRIDE=100 FILE=COLVAR/);
  assert.match(muellerBrownPesmd({ temperature: 3, steps: 10, seed: 4 }), /^periodic false$/m);
});
