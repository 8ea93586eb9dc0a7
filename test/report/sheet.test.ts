import assert from 'node:assert/strict';
import { test } from 'node:test';
import { html } from '../../src/report/markup.js';
import { sheet, type Panel } from '../../src/report/sheet.js';

const panel = (width: number, height: number, heading?: string): Panel => ({
  svg: html`<svg width="${width}" height="${height}"></svg>`,
  ...{ width, height },
  ...(heading !== undefined && { heading }),
});
const places = (text: string) =>
  [...text.matchAll(/<svg x="(\d+)" y="(\d+)"/g)].map(([, x, y]) => [Number(x), Number(y)]);

test('panels stand in rows, headings above them; the sheet is as large as all of them', () => {
  const { text } = sheet('all', [[panel(452, 420), panel(70, 420)], panel(300, 100, 'second')]);
  assert.deepEqual(places(text), [
    [0, 0],
    [452, 0],
    [0, 438],
  ]);
  assert.match(text, /^<svg\s+xmlns="http:\/\/www\.w3\.org\/2000\/svg"[^>]* viewBox="0 0 522 538"/);
  assert.match(text, />second<\/text>/);
});

test('a key stands above the panels, its names text, not markup, and ends with them', () => {
  const { text } = sheet('all', [panel(526, 300)], [{ name: 'a<b', colour: '#123456' }, { name: 'words' }]);
  assert.deepEqual(places(text), [[0, 21]]);
  assert.match(text, /class="plot keyed"[^]*fill="#123456"[^]*>a&lt;b<\/text>[^]*>words<\/text>/);
  const [last] = [...text.matchAll(/<text x="([\d.]+)"/g)].slice(-1);
  assert.ok(Number(last[1]) > 400 && Number(last[1]) < 510);
});

test('a key that is too long for a line goes on in the next', () => {
  const names = Array.from({ length: 6 }, (_, i) => ({ name: `a rather long name ${i}`, colour: '#000' }));
  const { text } = sheet('all', [panel(526, 300)], names);
  assert.deepEqual(places(text), [[0, 42]]);
  assert.equal([...text.matchAll(/class="key"/g)].length, 2);
});
