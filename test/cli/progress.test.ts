import assert from 'node:assert/strict';
import { test } from 'node:test';
import { printLines } from '../../src/cli/progress.js';
import { durationText } from '../../src/support/words.js';

test('without a terminal, a line every five seconds tells the time left', () => {
  let now = 0;
  const lines: string[] = [];
  const progress = printLines(
    'training',
    100,
    (line) => lines.push(line),
    () => now,
  );
  for (now = 1; now <= 20; now++) progress.update(now * 5, 'loss 0.1');
  assert.deepEqual(lines, [
    'training: 25%, 15 s left, loss 0.1\n',
    'training: 50%, 10 s left, loss 0.1\n',
    'training: 75%, 5 s left, loss 0.1\n',
    'training: 100%, loss 0.1\n',
  ]);
});

test('the log of a day has some hundred lines, and says what is known of the time left', () => {
  const day = 86_400;
  let now = 0;
  const lines: string[] = [];
  const progress = printLines(
    'gromacs',
    2 * day,
    (line) => lines.push(line),
    () => now,
  );
  for (now = 1; now <= day; now++) progress.update(day + now, undefined, day - now);
  assert.ok(lines.length > 150 && lines.length < 400, String(lines.length));
  assert.match(lines.at(-2)!, /^gromacs: 99%, \d+ min \d+ s left\n$/);
});

test('times are in the units a person would use', () => {
  assert.equal(durationText(41.6), '42 s');
  assert.equal(durationText(200), '3 min 20 s');
  assert.equal(durationText(7500), '2 h 5 min');
});
