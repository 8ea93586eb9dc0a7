import assert from 'node:assert/strict';
import { test } from 'node:test';
import { labelsOf, namedColumns } from '../../../src/frames/tables/named-columns.js';

function named(told: string[] | undefined, reading = {}, width = told?.length ?? 2) {
  const warnings: string[] = [];
  const found = namedColumns('t', width, told, { ...reading, onWarning: (line) => warnings.push(line) });
  return { ...found, warnings };
}

test('a time is told with its unit, in whatever spelling, and comes in that of the reading', () => {
  for (const [label, ps] of [
    ['time', 1],
    ['Time (ps)', 1],
    ['time/ns', 1e3],
    ['time_fs', 1e-3],
    ['Time [us]', 1e6],
  ] as const) {
    const { time, clock, warnings } = named(['d1', label]);
    assert.deepEqual([time, clock(2), warnings], [1, 2 * ps, []], label);
  }
  // what names no unit is in that of the reading, what names one is not
  assert.equal(named(['time', 'd1'], { timeUnit: 1e3 }).clock(2), 2);
  assert.equal(named(['time (ps)', 'd1'], { timeUnit: 1e3 }).clock(2), 0.002);
});

test('without a time rows are counted, and that is told, with what may be the time', () => {
  const { time, clock, warnings } = named(['t', 'd1']);
  assert.deepEqual([time, clock(3)], [-1, 3]);
  assert.match(warnings[0], /1 ps apart.*where t is the time/);
  const stepped = named(['a', 'd1'], { timestep: 0.5 });
  assert.deepEqual([stepped.clock(3), stepped.warnings], [1.5, []]);
});

test('names that are given go first; their number must be that of the columns', () => {
  assert.deepEqual(named(['a', 'b'], { names: ['time', 'x'] }).fields, ['time', 'x']);
  assert.throws(() => named(['a', 'b'], { names: ['x'] }), {
    code: 'bad-argument',
    message: 'expected 2 names for the columns of t but received 1',
  });
});

test('columns without a name are left out, the time is no label', () => {
  const { fields, time, clock, warnings } = named(['', 'time', 'd1', '']);
  assert.deepEqual(labelsOf({ fields, time, clock }), ['d1']);
  assert.deepEqual(warnings, ['t: column 4 has no name and is left out']);
});
