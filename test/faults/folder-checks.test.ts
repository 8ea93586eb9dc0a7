import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryFolder } from '../temporary-folder.js';
import { lastTime } from './tables.js';
import { largestDifference, rowAt, timeProblems } from './folder-checks.js';

const folder = temporaryFolder('folder-checks');
let files = 0;

/** A table of times and a value each, as PLUMED writes it. */
function table(times: readonly (number | string)[], value = (time: number): number => time / 2): string {
  const path = join(folder, `COLVAR.${files++}`);
  const lines = times.map((time) =>
    typeof time === 'number' ? ` ${time.toFixed(6)} ${value(time).toFixed(6)}` : time,
  );
  writeFileSync(path, `#! FIELDS time v\n${lines.join('\n')}\n`);
  return path;
}

const wanted = { first: 0, every: 0.5, last: 2 };
const whole = [0, 0.5, 1, 1.5, 2];

test('a whole file has no problems, also where a restart wrote its header again', () => {
  assert.deepEqual(timeProblems(table(whole), wanted), []);
  assert.deepEqual(timeProblems(table([0, 0.5, '#! FIELDS time v', 1, 1.5, 2]), wanted), []);
});

const cases: [string, (number | string)[], RegExp][] = [
  ['a time twice', [0, 0.5, 1, 1, 1.5, 2], /time 1 is there 2 times/],
  [
    'a piece of the dead run',
    [0, 0.5, 1, 1.5, 1, 1.5, 2],
    /time 1 comes after 1.5.*time 1.5 is there 2 times/,
  ],
  ['a gap', [0, 0.5, 1.5, 2], /time 1 is missing/],
  ['a run that ended early', [0, 0.5, 1, 1.5], /time 2 is missing/],
  ['a run that went on too long', [...whole, 2.5], /time 2.5 is outside of the run/],
  ['a time between two strides', [0, 0.5, 0.75, 1, 1.5, 2], /time 0.75 is none of the stride's/],
  ['half a row', [0, 0.5, ' 1.0', 1, 1.5, 2], /a line is no row: {2}1.0/],
  ['two rows in one', [0, ' 0.5 1.0 1.5', 1, 1.5, 2], /a line is no row.*time 0.5 is missing/],
];
for (const [what, times, problem] of cases) {
  test(`${what} is a problem`, () => {
    assert.match(timeProblems(table(times), wanted).join('\n'), new RegExp(problem.source, 's'));
  });
}

test('a file that is not there, or does not end, is a problem', () => {
  assert.deepEqual(timeProblems(join(folder, 'HILLS'), wanted), ['HILLS is not there']);
  const path = table(whole);
  writeFileSync(path, '#! FIELDS time v\n 0.0 1.0\n 0.5 1.0\n 1.0 1.0\n 1.5 1.0\n 2.0 1.0');
  assert.match(timeProblems(path, wanted).join(), /last line has no end/);
});

test('of many problems the first few are told, and how many there are', () => {
  const problems = timeProblems(table([0]), { first: 0, every: 1, last: 20 });
  assert.equal(problems.length, 6);
  assert.match(problems[5], /and 15 more/);
});

test('a row is found by its time, the last one where there are two', () => {
  const path = table([0, 0.5, 1]);
  assert.deepEqual(rowAt(path, 0.5), { time: 0.5, v: 0.25 });
  assert.equal(rowAt(path, 0.6), undefined);
});

test('tables differ by their largest difference, or altogether where rows are missing', () => {
  const path = table(whole);
  assert.equal(largestDifference(path, table(whole), ['time', 'v']), 0);
  const other = table(whole, (time) => time / 2 + (time === 1 ? 0.25 : 0));
  assert.equal(largestDifference(path, other, ['time', 'v']), 0.25);
  assert.equal(largestDifference(path, table([0, 0.5, 1, 1.5]), ['time']), Infinity);
  const spoilt = table(whole, (time) => (time === 1 ? NaN : 0));
  assert.equal(largestDifference(path, spoilt, ['v']), Infinity);
});

test('the last whole row of a growing file tells how far it is', () => {
  const path = table(Array.from({ length: 2000 }, (_, i) => i / 2));
  assert.equal(lastTime(path), 999.5);
  writeFileSync(path, '#! FIELDS time v\n 0.000000 1.0\n 0.500000 -1.0\n 1.0000');
  assert.equal(lastTime(path), 0.5);
  writeFileSync(path, '#! FIELDS time v\n');
  assert.equal(lastTime(path), 0);
  assert.equal(lastTime(join(folder, 'none')), 0);
});
