import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseHTML } from 'linkedom/worker';
import { renderReport, type ReportData } from '../../src/report/index.js';
import { syntheticReport } from './synthetic.js';

interface Element {
  readonly textContent: string;
  getAttribute(name: string): string | null;
  querySelector(selector: string): Element | null;
  querySelectorAll(selector: string): Iterable<Element>;
}

const parse = (page: string) => (parseHTML(page) as unknown as { document: Element }).document;
const texts = (page: string, selector: string) =>
  [...parse(page).querySelectorAll(selector)].map((element) => element.textContent);

const withoutScripts = (page: string) => page.replace(/<script[^>]*>.*?<\/script>/gs, '');

const data = syntheticReport(4000);
const page = renderReport(data);

test('the synthetic run agrees with the exact free-energy difference within three standard errors', () => {
  const { deltaF, error, reference } = data.result!;
  assert.ok(Math.abs(deltaF! - reference!) < 3 * error!, `${deltaF} ± ${error} against ${reference}`);
  assert.ok(data.result!.transitions! > 50);
});

test('a full report has every section and every figure, numbered', () => {
  assert.deepEqual(texts(page, 'h2'), [
    'Free energy',
    'Biased run and its error',
    'Collective variable',
    'Training frames',
    'Settings',
    'Versions',
    'To repeat this',
  ]);
  const figures = [...parse(page).querySelectorAll('figure')];
  assert.deepEqual(
    figures.map((figure) => figure.getAttribute('id')),
    [
      'free-energy-x',
      'surface',
      'free-energy-cv',
      'convergence',
      'time',
      'blocks',
      'loss',
      'cv-map',
      'cv-against',
    ].map((id) => `figure-${id}`),
  );
  figures.forEach((figure, i) => {
    assert.match(figure.querySelector('figcaption')!.textContent, new RegExp(`^Figure ${i + 1}\\. .{30}`));
    assert.ok([...figure.querySelectorAll('svg path')].length > 3);
  });
  assert.equal(texts(page, 'h1')[0], data.title);
});

test('every figure says what its axes are, with units', () => {
  const text = texts(page, 'svg text').join('|');
  for (const title of [
    'φ (rad)',
    'ψ (rad)',
    'Free energy (kJ/mol)',
    'Time (ns)',
    'ΔF (kJ/mol)',
    'Epoch',
    'node-0',
  ]) {
    assert.ok(text.includes(title), title);
  }
});

test('units given are those of every figure, caption, verdict and table', () => {
  // Text of the caller's own that names units is the caller's to write.
  const rest: ReportData = { ...data, settings: [], trainingNote: '' };
  const usual = /kJ\/mol|\bns\b|\bps\b/;
  assert.match(renderReport(rest), usual);
  const natural = renderReport({ ...rest, units: { energy: 'kT', time: 'thousand time units' } });
  assert.doesNotMatch(natural, usual);
  const text = texts(natural, 'main').join();
  for (const words of [
    'Free energy (kT)',
    'ΔF (kT)',
    'Error of ΔF (kT)',
    'Time (thousand time units)',
    'Sampling used (thousand time units)',
    'Length (thousand time units)',
    '0.01 thousand time units', // the lag of 10, which without units is 10 ps
    'Energies in kT;',
  ]) {
    assert.ok(text.includes(words), words);
  }
  assert.equal(texts(natural, '.answer small')[0], 'kT');
  assert.match(texts(natural, '.findings')[0], /kT (above|below) the reference .* in 2 thousand time units/s);
});

test('no number on the page is NaN or undefined', () => {
  assert.doesNotMatch(withoutScripts(page), /NaN|undefined|Infinity/);
});

test('the page needs nothing from elsewhere', () => {
  assert.doesNotMatch(page.replaceAll('http://www.w3.org/', ''), /https?:|\/\/[a-z]/i);
  assert.doesNotMatch(withoutScripts(page), /<link|<img|<iframe|<image|\bsrc=|\bhref=|@import|url\((?!#)/i);
  assert.match(page, /Content-Security-Policy" content="default-src &#39;none&#39;;/);
});

test('names inside figures are each used once, and what refers to one finds it', () => {
  const names = [...page.matchAll(/\bid="([^"]+)"/g)].map(([, id]) => id);
  assert.equal(new Set(names).size, names.length);
  for (const [, name] of page.matchAll(/url\(#([^)]+)\)/g)) assert.ok(names.includes(name), name);
});

test('the same data give the same bytes, whatever was drawn before', () => {
  renderReport({
    title: 'other',
    ...(data.loss && { loss: data.loss }),
    ...(data.surface && { surface: data.surface }),
  });
  assert.equal(renderReport(data), page);
});

test('a long run makes no larger page: at most 4,000 points of it are drawn', () => {
  const frames = 200_000;
  const time = Float64Array.from({ length: frames }, (_, i) => i / 1000);
  const x = time.map((t) => Math.sin(t));
  const long = renderReport({ title: 'long', run: { time, cv: x, x }, frames: { cv: x, x, y: x } });
  assert.ok(long.length < 700_000, String(long.length));
  assert.ok(page.length < 3e6);
  assert.ok(long.includes('4,000 of 200,000 frames are shown'));
});

test('a title alone makes a page without headings or figures', () => {
  const bare = renderReport({ title: 'Only a title' });
  assert.deepEqual(texts(bare, 'h1'), ['Only a title']);
  assert.equal(texts(bare, 'h2, figure, table, section').length, 0);
});

const parts = Object.keys(data).filter((key) => key !== 'title') as (keyof ReportData)[];
for (const part of parts) {
  test(`without ${part} the rest stands, with no empty heading`, () => {
    const rest: ReportData = { ...data };
    delete rest[part];
    const without = renderReport(rest);
    assert.doesNotMatch(withoutScripts(without), /NaN|undefined/);
    for (const section of parse(without).querySelectorAll('section')) {
      const content = section.querySelector('figure, table, pre, p');
      assert.ok(content && content.textContent.trim().length > 0, section.getAttribute('id') ?? '');
    }
  });
}

test('one part alone is a page of that part', () => {
  for (const part of ['alongX', 'surface', 'run', 'loss', 'frames', 'model', 'commands'] as const) {
    const alone = renderReport({ title: 't', [part]: data[part] });
    assert.equal(texts(alone, 'h2').length, 1, part);
  }
});

test('hostile text stays text', () => {
  const hostile = `</style></pre><script>alert("1")</script>'"&\u0007 <svg onload=x>`;
  const page = renderReport({
    title: hostile,
    summary: hostile,
    date: hostile,
    units: { energy: hostile, time: hostile },
    result: {
      deltaF: 1,
      error: 1,
      symbol: hostile,
      reference: 1,
      referenceSource: hostile,
      warnings: [hostile],
    },
    cv: { label: hostile, unit: hostile },
    x: { label: hostile, domain: [-4, 4] },
    y: { label: hostile },
    states: { a: hostile, b: hostile, interval: [0, 2.3] },
    ...(data.alongX && {
      alongX: { ...data.alongX, marks: [{ coordinate: 0, energy: 5, label: hostile }], source: hostile },
    }),
    ...(data.surface && { surface: data.surface }),
    ...(data.run && { run: data.run }),
    ...(data.frames && { frames: data.frames }),
    loss: { training: [2, 1], validation: [3, 2], bestEpoch: 2, label: hostile },
    model: { file: hostile, method: hostile, more: [[hostile, hostile]] },
    trainingNote: hostile,
    trainingRuns: [{ name: hostile, engine: hostile }],
    settings: [{ name: hostile, rows: [[hostile, hostile]] }],
    versions: [[hostile, hostile]],
    commands: [{ caption: hostile, command: hostile }],
  });
  assert.doesNotMatch(page, /<script>alert|<svg onload/);
  assert.ok(!page.includes('\u0007'));
  assert.equal(page.match(/<\/style>/g)?.length, 1);
  assert.equal(parse(page).querySelector('pre')?.textContent, hostile.replace('\u0007', ''));
});

test('a model surface without torsions or states: plain axes, one colour', () => {
  const x = Float64Array.from({ length: 100 }, (_, i) => Math.cos(i));
  const plain = renderReport({
    title: 'Müller–Brown',
    frames: { cv: x, x },
    run: { time: x.map((_, i) => i), x },
  });
  assert.deepEqual(texts(plain, '.key'), []);
  assert.ok(
    texts(plain, 'figcaption').some((caption) => caption.includes('CV of the training frames against x.')),
  );
});

test('frames of the run are not called those of the training', () => {
  const x = Float64Array.from({ length: 100 }, (_, i) => Math.cos(i));
  const page = renderReport({ title: 'run', frames: { of: 'run', cv: x, x, y: x } });
  const captions = texts(page, 'figcaption').join(' ');
  assert.match(captions, /The run’s frames over .*CV of the run’s frames against/s);
  assert.doesNotMatch(captions, /training/i);
});
