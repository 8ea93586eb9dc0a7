import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fitsColumn, isBiasOutput, selectColumns, unbiasedHint } from '../../src/frames/select-columns.js';

const fields = ['time', 'd1', 'd2', 'd10', 'phi', 'opes.bias', 'a.b'];

test('labels, patterns and expressions choose, in their order and each column once', () => {
  assert.deepEqual(selectColumns(fields, 't', ['phi', 'd?', 'd*']), ['phi', 'd1', 'd2', 'd10']);
  assert.deepEqual(selectColumns(fields, 't', [/d1/, /D2/i]), ['d1', 'd2']);
  assert.deepEqual(selectColumns(fields, 't'), fields.slice(1));
  // a point is a point, and an expression that counts where it stopped is not confused by it
  assert.equal(fitsColumn('a.b', 'axb'), false);
  assert.deepEqual([fitsColumn(/d1/g, 'd1'), fitsColumn(/d1/g, 'd1')], [true, true]);
});

test('what is not there is answered with the closest, a bias never with another', () => {
  assert.throws(() => selectColumns(fields, 't', ['ph']), {
    code: 'bad-argument',
    hint: 'did you mean phi?',
  });
  assert.throws(() => selectColumns(fields, 't', ['metad.bias']), { hint: unbiasedHint });
  assert.throws(() => selectColumns(fields, 't', ['time']), { hint: /no column to choose/ });
  assert.deepEqual(['m.bias', 'm.rbias', 'bias', 'm.biased'].map(isBiasOutput), [true, true, false, false]);
});

test('a column that is named twice is refused once it is chosen', () => {
  const twice = ['time', 'd1', 'd1', 'd2'];
  assert.throws(() => selectColumns(twice, 't', ['d1']), { code: 'file-format', message: /named twice/ });
  assert.deepEqual(selectColumns(twice, 't', ['d2']), ['d2']);
});
