import assert from 'node:assert/strict';
import { test } from 'node:test';
import { numberText, textWriter } from '../../../src/frames/writing/table-writer.js';
import type { NewFile } from '../../../src/support/index.js';

test('numbers are the shortest text that reads back, the sign of 0 too', () => {
  for (const value of [0.1 + 0.2, -0, 5e-324, 1 / 3, 1e300])
    assert.ok(Object.is(Number(numberText(value)), value), numberText(value));
});

test('rows gather below the header until they are many', async () => {
  const written: string[] = [];
  const file = { write: (text: string) => Promise.resolve(void written.push(text)) } as unknown as NewFile;
  const writer = textWriter(file, 'time,a,b\n', [{ label: 'a' }, { label: 'b' }], ['', ',']);
  await writer.rows(Float64Array.of(0, 1), Float64Array.of(1, 2, 3, -0));
  assert.deepEqual(written, []);
  const many = 20_000;
  await writer.rows(new Float64Array(many), new Float64Array(2 * many));
  assert.equal(written.length, 1);
  await writer.end();
  assert.equal(written.join(''), `time,a,b\n0,1,2\n1,3,-0\n${'0,0,0\n'.repeat(many)}`);
});
