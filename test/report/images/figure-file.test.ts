import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inflateSync } from 'node:zlib';
import { figureFile, freeEnergySurfaceFigure, imageKind, type Figure } from '../../../src/report/index.js';
import { syntheticReport } from '../synthetic.js';

const data = syntheticReport(2000);
const figure: Figure = freeEnergySurfaceFigure(
  data.surface!,
  data.x!,
  data.y!,
  { energy: 'kJ/mol', time: 'ns' },
  { marks: [{ name: 'C7ax', x: 1.1, y: -0.8 }] },
);

test('a name’s ending says what is written; another is refused', () => {
  assert.deepEqual(
    ['a.svg', 'b.c/A.PNG', 'x.y.pdf'].map((path) => imageKind(path)),
    ['svg', 'png', 'pdf'],
  );
  for (const path of ['fes.jpg', 'fes', 'svg'])
    assert.throws(
      () => imageKind(path, '--plot'),
      /expected a name that ends in \.svg, \.png or \.pdf for --plot/,
    );
});

test('SVG is the figure as it stands on the page', async () => {
  const text = (await figureFile(figure, 'svg')) as string;
  assert.match(
    text,
    /^<\?xml version="1\.0" encoding="UTF-8"\?>\n<svg\s+xmlns="http:\/\/www\.w3\.org\/2000\/svg"/,
  );
  for (const words of ['φ (rad)', 'ψ (rad)', 'Free energy (kJ/mol)', 'C7ax']) assert.ok(text.includes(words));
});

test('PNG has three pixels for each px, and the figure’s colours', async () => {
  const png = Buffer.from((await figureFile(figure, 'png')) as Uint8Array);
  assert.deepEqual([...png.subarray(0, 8)], [137, 80, 78, 71, 13, 10, 26, 10]);
  assert.deepEqual([png.readUInt32BE(16), png.readUInt32BE(20)], [3 * 522, 3 * 420]);
  assert.ok(png.length > 20_000);
});

test('PDF is one page of curves as large as the figure, its objects where its table says', async () => {
  const pdf = Buffer.from((await figureFile(figure, 'pdf')) as Uint8Array);
  const text = pdf.toString('latin1');
  assert.match(text, /^%PDF-1\.4\n/);
  assert.match(text, /%%EOF\n$/);
  assert.match(text, /\/MediaBox \[0 0 391\.5 315\]/);
  const [, start] = /startxref\n(\d+)\n/.exec(text)!;
  const entries = [...text.slice(Number(start)).matchAll(/^(\d{10}) 00000 n $/gm)];
  assert.equal(entries.length, 5);
  entries.forEach(([, place], i) =>
    assert.ok(text.slice(Number(place)).startsWith(`${i + 1} 0 obj\n`), `object ${i + 1}`),
  );
  const [, length] = /\/Length (\d+) \/Filter \/FlateDecode >>\nstream\n/.exec(text)!;
  const from = text.indexOf('stream\n') + 7;
  const content = inflateSync(pdf.subarray(from, from + Number(length))).toString();
  assert.match(content, /^0\.75 0 0 -0\.75 0 315 cm\n/);
  assert.equal(content.match(/^q$/gm)!.length, content.match(/^Q$/gm)!.length);
  // letters are curves too, and every number is one
  assert.ok(content.match(/ c$/gm)!.length > 500);
  assert.doesNotMatch(content, /NaN|undefined|null|\bTj\b/);
  // what is opaque in part has a state of its own
  for (const [name] of content.matchAll(/^\/G\d+(?= gs$)/gm))
    assert.ok(text.includes(`${name} << /ca `), name);
});

test('the same figure gives the same bytes', async () => {
  for (const kind of ['png', 'pdf'] as const)
    assert.deepEqual(await figureFile(figure, kind), await figureFile(figure, kind));
});
