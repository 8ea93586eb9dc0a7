import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unlikeWindows, type WindowFrames } from '../../../src/campaign/sampled-windows/unlike-windows.js';
import { Random } from '../../../src/support/index.js';

/** A window at a place of s, whose y is drawn about `y` of each frame, and an angle that goes with it across its seam. */
function windowAt(name: string, place: number, y: (s: number) => number, seed: number): WindowFrames {
  const random = new Random(seed);
  const s = Float64Array.from({ length: 2000 }, () => place + 0.3 * random.normal());
  const others = s.map((value) => y(value) + 0.5 * random.normal());
  const wrapped = others.map((value) => value - 2 * Math.PI * Math.round(value / (2 * Math.PI)));
  return {
    name,
    coordinate: s,
    others: [
      { label: 'y', values: others },
      { label: 'angle', values: wrapped, period: [-Math.PI, Math.PI] },
    ],
  };
}

test('neighbours that hold the same at the same place are not told, however what is across goes with the coordinate', () => {
  const windows = [0, 0.5, 1, 1.5].map((place, i) => windowAt(`w${i}`, place, (s) => 2 * s, i + 1));
  assert.deepEqual(unlikeWindows(windows, 's'), []);
});

test('neighbours between which something else differs at the same place are told, in whatever order they come', () => {
  const stuck = (place: number, side: number, seed: number) => windowAt(`w${seed}`, place, () => side, seed);
  const windows = [stuck(1, 1, 3), stuck(0, -1, 1), stuck(1.5, 1, 4), stuck(0.5, -1, 2)];
  const told = unlikeWindows(windows, 's');
  assert.equal(told.length, 1, told.join('\n'));
  assert.match(told[0], /^windows w2 and w3 do not hold the same at the same s \(/);
});

test('an angle is compared around its circle', () => {
  const turned = (place: number, y: number, seed: number) => windowAt(`w${seed}`, place, () => y, seed);
  // π + 0.1 and −π + 0.1 are one angle
  const [a, b] = [turned(0, Math.PI + 0.1, 1), turned(0.5, -Math.PI + 0.1, 2)];
  const onlyAngles = [a, b].map((window) => ({ ...window, others: [window.others[1]] }));
  assert.deepEqual(unlikeWindows(onlyAngles, 's'), []);
});

test('windows that hardly meet are not compared', () => {
  const windows = [windowAt('w0', 0, () => -1, 1), windowAt('w1', 5, () => 1, 2)];
  assert.deepEqual(unlikeWindows(windows, 's'), []);
});
