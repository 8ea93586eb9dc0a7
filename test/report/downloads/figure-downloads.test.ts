import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { renderReport, type ReportData } from '../../../src/report/index.js';
import { chromium, openInChromium, type BrowserPage } from '../../chromium.js';
import { temporaryFolder } from '../../temporary-folder.js';
import { syntheticReport } from '../synthetic.js';

const folder = temporaryFolder('downloads');
const data: ReportData = syntheticReport(2000);
const hostile = '</script><b>,"φ';

suite('figures are taken from a page', { skip: chromium === undefined && 'no Chromium' }, () => {
  let page: BrowserPage;
  const saved = async (name: string): Promise<string> => {
    for (let i = 0; i < 200 && !existsSync(join(folder, name)); i++)
      await new Promise((resolve) => setTimeout(resolve, 50));
    return readFileSync(join(folder, name), 'utf8');
  };
  /** Clicks a button under a figure. */
  const click = (figure: string, kind: 'SVG' | 'CSV') =>
    page.evaluate(
      `[...document.querySelectorAll('#figure-${figure} .take button')].find((b) => b.textContent === '${kind}').click()`,
    );

  before(async () => {
    const path = join(folder, 'page.html');
    writeFileSync(path, renderReport({ ...data, cv: { label: hostile } }));
    page = await openInChromium(pathToFileURL(path).href, folder);
    for (let i = 0; i < 200; i++)
      if (await page.evaluate("document.readyState === 'complete'")) return;
      else await new Promise((resolve) => setTimeout(resolve, 50));
  });
  after(() => page.close());

  test('every figure has both buttons', async () => {
    const counts = await page.evaluate(
      "[...document.querySelectorAll('figure')].map((figure) => figure.querySelectorAll('.take button').length)",
    );
    assert.deepEqual(new Set(counts as number[]), new Set([2]));
  });

  test('the SVG stands by itself: a picture of it is that of the page', async () => {
    await click('surface', 'SVG');
    const svg = await saved('surface.svg');
    assert.match(
      svg,
      /^<\?xml version="1\.0" encoding="UTF-8"\?>\n<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/,
    );
    for (const words of ['φ (rad)', 'ψ (rad)', 'Free energy (kJ/mol)']) assert.ok(svg.includes(words), words);
    const size = await page.evaluate(`(async () => {
      const image = new Image();
      image.src = 'data:image/svg+xml,' + encodeURIComponent(${JSON.stringify(svg)});
      await image.decode();
      return [image.naturalWidth, image.naturalHeight];
    })()`);
    assert.deepEqual(size, [522, 420]);
  });

  test('the CSV has the numbers that are drawn', async () => {
    await click('free-energy-x', 'CSV');
    const [tables, reference, marks] = (await saved('free-energy-x.csv')).split('\n\n');
    const [head, ...rows] = tables.split('\n');
    assert.equal(head, 'φ (rad),free energy (kJ/mol),standard error (kJ/mol)');
    const { coordinate, energy } = data.alongX!.profile;
    assert.equal(rows.length, coordinate.length);
    rows.forEach((row, i) => {
      const [x, y] = row.split(',').map((cell) => (cell === '' ? NaN : Number(cell)));
      assert.ok(Math.abs(x - coordinate[i]) < 1e-5);
      if (Number.isNaN(energy[i])) assert.ok(Number.isNaN(y));
      else assert.ok(Math.abs(y - energy[i]) <= 1e-5 * Math.max(1, Math.abs(energy[i])));
    });
    assert.match(reference, /^# reference\nφ \(rad\),free energy/);
    assert.match(marks, /^# marks\nmark,.*\nC7ax,1\.1,/);
  });

  test('a grid is written out, x first', async () => {
    await click('surface', 'CSV');
    const rows = (await saved('surface.csv')).trimEnd().split('\n').slice(1);
    const { x, y, energy } = data.surface!;
    assert.equal(rows.length, x.length * y.length);
    const at = Array.from(energy).findIndex((value) => Number.isFinite(value) && value > 1);
    const [a, b, c] = rows[at].split(',').map(Number);
    assert.ok(Math.abs(a - x[at % x.length]) < 1e-5);
    assert.ok(Math.abs(b - y[Math.floor(at / x.length)]) < 1e-5);
    assert.ok(Math.abs(c - energy[at]) < 1e-4 * energy[at]);
  });

  test('names stay names, in the page and in its files', async () => {
    await click('free-energy-cv', 'CSV');
    const [head] = (await saved('free-energy-cv.csv')).split('\n');
    assert.ok(head.startsWith('"</script><b>,""φ",free energy'), head);
    await click('free-energy-cv', 'SVG');
    assert.ok((await saved('free-energy-cv.svg')).includes('&lt;/script&gt;&lt;b&gt;,"φ'));
  });

  test('nothing was asked for elsewhere, and nothing complained of', () => {
    assert.deepEqual(
      page.requested.filter((url) => !/^(file|data|blob):/.test(url)),
      [],
    );
    assert.deepEqual(page.problems, []);
  });
});
