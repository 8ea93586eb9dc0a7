import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readColumnNotes, writeColumnNotes } from '../../../src/frames/tables/column-notes.js';

test('what is written reads back, periods bit for bit', () => {
  const columns = [{ label: 'phi', period: [-Math.PI, Math.PI] as const }, { label: 'd 1' }];
  const text = writeColumnNotes(columns);
  assert.equal(text, `phi\t${-Math.PI}\t${Math.PI}\nd 1\n`);
  const { labels, periods } = readColumnNotes(text, 'notes');
  assert.deepEqual([labels, [...periods]], [['phi', 'd 1'], [['phi', [-Math.PI, Math.PI]]]]);
});

test('ends may be multiples of pi; one end alone, three, or a word are refused with the line', () => {
  assert.deepEqual(readColumnNotes('a\t-pi\tpi\r\n', 'n').periods.get('a'), [-Math.PI, Math.PI]);
  for (const line of ['b\t1', 'b\t1\t2\t3', 'b\tlow\t2'])
    assert.throws(() => readColumnNotes(`a\n${line}\n`, 'notes'), {
      code: 'file-format',
      message: /two numbers with tabs between them, at notes:2 but received b/,
    });
});
