import assert from 'node:assert/strict';
import { test } from 'node:test';
import { timelineOf, type TimedFile } from '../../../src/frames/timeline/timeline.js';
import { FileSegments } from '../../../src/frames/timeline/file-segments.js';

/** A file with frames at these times. */
function fileAt(path: string, ...times: number[]): TimedFile {
  const found = new FileSegments();
  times.forEach((time, i) => found.add(time, i));
  return { path, segments: found.segments };
}

const span = (first: number, last: number): number[] =>
  Array.from({ length: last - first + 1 }, (_, i) => first + i);

/** The files in the order in which they are read, with the run of each and the times that its segments end at. */
const planned = (files: TimedFile[], parts = false): [string, string, number[]][] =>
  timelineOf(files, { parts }).parts.map(({ file, run, segments }) => [
    file.path,
    run,
    segments.map(({ until }) => Math.round(until)),
  ]);

test('four files with two first times are four runs, in any order', () => {
  const files = [
    fileAt('A', ...span(0, 20)),
    fileAt('B', ...span(0, 20)),
    fileAt('X', ...span(10, 100)),
    fileAt('Y', ...span(10, 100)),
  ];
  for (const given of [files, files.toReversed(), [files[3], files[0], files[2], files[1]]])
    assert.deepEqual(
      planned(given),
      given.map(({ path }) => [path, path, [Infinity]]),
    );
  const { notes } = timelineOf(files);
  assert.equal(notes.length, 1);
  assert.match(notes[0], /^X begins at 10 ps and B ends at 20 ps \(as 1 more files do\): .*‘parts’ joins/);
});

test('runs of different folders are never asked about', () => {
  assert.deepEqual(
    timelineOf([fileAt('a/COLVAR', ...span(0, 9)), fileAt('b/COLVAR', ...span(10, 19))]).notes,
    [],
  );
  assert.equal(
    timelineOf([fileAt('COLVAR', ...span(0, 9)), fileAt('./C2', ...span(10, 19))]).notes.length,
    1,
  );
  // nor is what begins long after the other ended
  assert.deepEqual(timelineOf([fileAt('a', ...span(0, 9)), fileAt('b', ...span(12, 19))]).notes, []);
});

test('parts: of every folder one run, each ending where the earliest later one begins', () => {
  const files = [
    fileAt('r/c', ...span(4, 9)),
    fileAt('s/a', ...span(3, 5)),
    fileAt('r/a', ...span(0, 6)),
    fileAt('r/b', ...span(2, 8)),
  ];
  assert.deepEqual(planned(files, true), [
    ['r/a', 'r/a', [2]],
    ['r/b', 'r/a', [4]],
    ['r/c', 'r/a', [Infinity]],
    ['s/a', 's/a', [Infinity]],
  ]);
});

test("GROMACS' parts go by their numbers, even where one goes back behind the one before it", () => {
  const files = [
    fileAt('r/x.part0003.xtc', ...span(2, 9)),
    fileAt('r/x.part0002.xtc', ...span(4, 6)),
    fileAt('r/x.xtc', ...span(0, 5)),
    fileAt('r/y.part0002.xtc', ...span(4, 6)),
    fileAt('x.part0001.xtc', ...span(0, 3)),
    fileAt('z.part0002.gro.gz', ...span(2, 4)),
    fileAt('z.gro', ...span(0, 3)),
  ];
  assert.deepEqual(planned(files), [
    ['r/x.xtc', 'r/x.xtc', [2]],
    ['r/x.part0002.xtc', 'r/x.xtc', [2]],
    ['r/x.part0003.xtc', 'r/x.xtc', [Infinity]],
    ['r/y.part0002.xtc', 'r/y.part0002.xtc', [Infinity]],
    ['x.part0001.xtc', 'x.part0001.xtc', [Infinity]],
    ['z.gro', 'z.gro', [2]],
    ['z.part0002.gro.gz', 'z.gro', [Infinity]],
  ]);
});

test('a file that restarts inside itself is one run, each segment replaced from the earliest later restart on', () => {
  const { parts } = timelineOf([
    fileAt('COLVAR', ...span(0, 5), ...span(3, 4), ...span(2, 3), ...span(3, 6)),
  ]);
  const [{ segments }] = parts;
  assert.deepEqual(
    segments.map(({ until, startsRun, replacedBy }) => [Math.round(until), startsRun, replacedBy]),
    [
      [2, true, 'COLVAR'],
      [2, false, 'COLVAR'],
      [3, false, 'COLVAR'],
      [Infinity, false, undefined],
    ],
  );
});

test('frames a quarter of their spacing before a restart are no frames of its own, however long the run', () => {
  // 5·10⁷ ps, where single precision has a resolution of 4 ps
  const late = 5e7;
  const { parts } = timelineOf([fileAt('COLVAR', ...span(late, late + 9), ...span(late + 5, late + 12))]);
  assert.equal(parts[0].segments[0].until, late + 4.75);
});
