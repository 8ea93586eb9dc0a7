import assert from 'node:assert/strict';
import { test } from 'node:test';
import { crossingRate, inefficiencyOf, tellApart } from '../../../src/campaign/pilots/index.js';
import { Random } from '../../../src/support/index.js';

test('a count has the error of a count, and none where nothing crossed', () => {
  const poisson = { inefficiency: 1, independent: 16 };
  const counted = { crossings: 16, nanoseconds: 2, rate: 8, error: 2, below: null, ...poisson };
  assert.deepEqual(crossingRate(16, 2), counted);
  const none = crossingRate(0, 2);
  const nothing = { crossings: 0, nanoseconds: 2, rate: 0, error: null, inefficiency: 1, independent: 0 };
  assert.deepEqual({ ...none, below: 0 }, { ...nothing, below: 0 });
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

test('crossings in bursts of four are as uncertain as a quarter of them', () => {
  const random = new Random(7);
  const runs = 400;
  const [perBlock, size] = [6, 4];
  const factors: number[] = [];
  const single: number[] = [];
  for (let i = 0; i < runs; i++) {
    const at = Array.from({ length: 10 * perBlock }, () => random.uniform());
    factors.push(inefficiencyOf([at.flatMap((each) => new Array<number>(size).fill(each))]));
    single.push(inefficiencyOf([at]));
  }
  const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
  // χ² with seven degrees of freedom over seven: a deviation of 0.53, of which 400 have a mean within 0.03; never below 1
  assert.ok(Math.abs(mean(factors) - size) < 0.4, `${mean(factors)}`);
  assert.ok(mean(single) < 1.35 && single.every((factor) => factor >= 1));
  assert.equal(inefficiencyOf([[]]), 1);
  const bursts = crossingRate(64, 1, 4);
  assert.deepEqual([bursts.independent, bursts.error], [16, 16]);
  assert.equal(tellApart(bursts, crossingRate(16, 1)), 0);
});

test('that a bias fills a well first is no burst', () => {
  const steady = Array.from({ length: 80 }, (_, i) => 0.2 + i / 100);
  assert.equal(inefficiencyOf([steady]), 1);
  // two replicas that cross alike are as good as one, one that never does is not
  assert.equal(inefficiencyOf([steady, steady]), 1);
  assert.ok(inefficiencyOf([steady, []]) > 5);
});
