import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runsOf } from '../../../src/frames/timeline/parts.js';

const file = (path: string, first = 0, last = 1) => ({ path, first, last });
const paths = (runs: { path: string }[][]): string[][] => runs.map((run) => run.map(({ path }) => path));

test('files are runs of their own, but parts that GROMACS numbered', () => {
  const files = ['a.xtc', 'b.xtc', 'a.part0003.xtc', 'a.part0002.xtc.gz'].map((path) => file(path));
  assert.deepEqual(paths(runsOf(files)), [['a.xtc', 'a.part0002.xtc.gz', 'a.part0003.xtc'], ['b.xtc']]);
});

test('the same name in another folder is another run', () => {
  assert.equal(runsOf([file('x/a.xtc'), file('y/a.part0002.xtc')]).length, 2);
});

test('where files of a folder are parts they go by their times, numbers within names as numbers', () => {
  const files = [file('r/10', 5, 9), file('r/2', 5, 9), file('r/c', 0, 4), file('s/a', 0, 9)];
  assert.deepEqual(paths(runsOf(files, true)), [['r/c', 'r/2', 'r/10'], ['s/a']]);
});
