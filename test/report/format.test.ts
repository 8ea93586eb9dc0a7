import assert from 'node:assert/strict';
import { test } from 'node:test';
import { evenlySpaced } from '../../src/report/decimate.js';
import { balancedAccuracy } from '../../src/report/figures/cv-against.js';
import { compact, count, estimate, fixed } from '../../src/report/format.js';
import { escapeText, html } from '../../src/report/markup.js';

test('numbers for people', () => {
  assert.equal(fixed(-0.567, 2), '−0.57');
  assert.equal(fixed(NaN, 2), '–');
  assert.equal(estimate(9.4127, 0.521), '9.41 ± 0.52');
  assert.equal(estimate(9.4127, NaN), '9.41');
  assert.equal(compact(72.345), '72.3');
  assert.equal(compact(-0.1), '−0.1');
  assert.equal(count(1, 'crossing'), '1 crossing');
  assert.equal(count(12_345, 'frame'), '12,345 frames');
});

test('templates escape text and keep markup', () => {
  assert.equal(escapeText(`<a b="c">&'`), '&lt;a b=&quot;c&quot;&gt;&amp;&#39;');
  assert.equal(escapeText('a\u0000b\nc'), 'ab\nc');
  assert.equal(
    html`<p>${'<'}${html`<b>${1}</b>`}${[html`x`, '&']}${undefined}${false}</p>`.text,
    '<p>&lt;<b>1</b>x&amp;</p>',
  );
});

test('decimation keeps the first, spaces evenly and never repeats', () => {
  assert.deepEqual(evenlySpaced(3, 5), [0, 1, 2]);
  assert.deepEqual(evenlySpaced(10, 4), [0, 2, 5, 7]);
  assert.equal(new Set(evenlySpaced(5001, 4000)).size, 4000);
});

test('balanced accuracy of the best threshold, either way round', () => {
  const values = [1, 2, 3, 4, 5, 6];
  assert.equal(balancedAccuracy(values, [false, false, false, true, true, true]), 1);
  assert.equal(balancedAccuracy(values, [true, true, true, true, false, false]), 1);
  // Best cut by hand: above 2 lie both positives and one of three negatives below is missed.
  assert.equal(balancedAccuracy([1, 2, 3, 4], [false, true, false, true]), 0.75);
  assert.equal(
    balancedAccuracy(
      values,
      values.map(() => true),
    ),
    undefined,
  );
  assert.equal(balancedAccuracy([2, 2], [true, false]), 0.5);
});
