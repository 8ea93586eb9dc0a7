import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Pace } from '../../src/watch/pace.js';

test('the next look waits as long as is asked, or until the last one is a small part of the time', async () => {
  let [now, cpu] = [1000, 0];
  const pace = new Pace(
    5000,
    0.05,
    () => now,
    () => cpu,
  );
  assert.equal(pace.wait, 0);
  assert.equal(await pace.measured(() => Promise.resolve((cpu += 3000))), 3000);
  assert.equal(pace.wait, 5000); // the first one is not counted
  now += 5000;
  assert.equal(pace.wait, 0);
  await pace.measured(() => Promise.resolve((cpu += 1000)));
  assert.equal(pace.wait, 20_000);
  // one that fails has its cost too
  now += 30_000;
  const fails = pace.measured(() => {
    cpu += 1000;
    return Promise.reject(new Error('no'));
  });
  await assert.rejects(fails, /no/);
  assert.equal(pace.wait, 20_000);
});
