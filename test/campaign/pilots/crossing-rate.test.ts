import assert from 'node:assert/strict';
import { test } from 'node:test';
import { crossingRate, tellApart } from '../../../src/campaign/pilots/index.js';
import { Random } from '../../../src/support/index.js';

test('a count has the error of a count, and none where nothing crossed', () => {
  assert.deepEqual(crossingRate(16, 2), { crossings: 16, nanoseconds: 2, rate: 8, error: 2, below: null });
  const none = crossingRate(0, 2);
  assert.deepEqual({ ...none, below: 0 }, { crossings: 0, nanoseconds: 2, rate: 0, error: null, below: 0 });
  // a rate so high gives no crossing in one run of twenty
  assert.ok(Math.abs(Math.exp(-none.below! * 2) - 0.05) < 1e-12);
});

test('two rates that are one are told apart by 2 σ in one of twenty', () => {
  const random = new Random(3);
  const count = (mean: number): number => {
    let [n, left] = [0, mean];
    for (;;) {
      left += Math.log(1 - random.uniform());
      if (left < 0) return n;
      n++;
    }
  };
  const draws = 4000;
  let apart = 0;
  for (let i = 0; i < draws; i++) {
    const sigmas = tellApart(crossingRate(count(20), 1), crossingRate(count(40), 2));
    if (Math.abs(sigmas) > 2) apart++;
  }
  // 4.6 % of a normal deviate, 3.3 % of draws as its scatter
  assert.ok(Math.abs(apart / draws - 0.046) < 0.012, `${apart / draws}`);
});

test('by the binomial count: 30 against 10 in runs of one length, 20 against 20 in one of half', () => {
  assert.ok(Math.abs(tellApart(crossingRate(30, 1), crossingRate(10, 1)) - 20 / Math.sqrt(40)) < 1e-12);
  const halved = tellApart(crossingRate(20, 0.5), crossingRate(20, 1));
  assert.ok(Math.abs(halved - (20 - 40 / 3) / Math.sqrt((40 * 2) / 9)) < 1e-12);
  assert.equal(tellApart(crossingRate(0, 1), crossingRate(0, 1)), 0);
});
