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
    state: seed,
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
  assert.equal(told.length, 1, JSON.stringify(told));
  assert.match(told[0].words, /^windows w2 and w3 do not hold the same at the same s \(/);
});

test('what differs is sure where it is by more than chance: not of columns that pass to and fro', () => {
  const stuck = [0, 0.5, 1, 1.5].map((place, i) => windowAt(`w${i}`, place, () => (i < 2 ? -1 : 1), i + 1));
  const [pair, ...more] = unlikeWindows(stuck, 's');
  assert.equal(more.length, 0);
  assert.deepEqual(
    [pair.between, pair.below, pair.surely.toSorted()],
    [
      ['w1', 'w2'],
      [1, 2],
      ['angle', 'y'],
    ],
  );
  // 1.4 deviations: told, and not sure
  const near = [0, 0.5].map((place, i) => windowAt(`w${i}`, place, () => 0.7 * i, i + 1));
  assert.deepEqual(
    unlikeWindows(near, 's').map(({ surely }) => surely),
    [[]],
  );
  // normal series that have nothing to do with s, correlated over 100 of 2000 frames: ten independent ones a window
  let [told, sure, pairs] = [0, 0, 0];
  for (let seed = 1; seed <= 20; seed++) {
    const random = new Random(seed);
    const [decay, kick] = [Math.exp(-1 / 100), Math.sqrt(1 - Math.exp(-2 / 100))];
    const slow = Array.from({ length: 16 }, (_, i): WindowFrames => {
      let y = random.normal();
      const values = Float64Array.from({ length: 2000 }, () => (y = decay * y + kick * random.normal()));
      const coordinate = values.map(() => 0.5 * i + 0.3 * random.normal());
      return { name: `w${i}`, state: i, coordinate, others: [{ label: 'y', values }] };
    });
    const found = unlikeWindows(slow, 's');
    told += found.length;
    sure += found.filter(({ surely }) => surely.length > 0).length;
    pairs += 15;
  }
  // docs/free-energy.md: 3.7 % of 600, 4.2 % of 900; none
  assert.ok(told > 0.015 * pairs && told < 0.08 * pairs, `${told} of ${pairs}`);
  assert.equal(sure, 0);
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
