import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseHTML } from 'linkedom/worker';
import { diagnose } from '../../../src/diagnostics/index.js';
import { constant, input, jacobian, matmul } from '../../../src/graph/index.js';
import { renderReport } from '../../../src/report/index.js';
import { dataset, normals, twoStates } from '../../diagnostics/synthetic.js';

const frames = 4000;
const state = twoStates(frames, 0.01, 0.02, 3);
const labels = ['loud', 'slow', 'quiet'];
const noise = [1, 2, 3].map((seed) => normals(frames, seed));
const segments = ['runs/a/COLVAR', 'runs/b/COLVAR'].map((source, i) => ({
  start: 2000 * i,
  end: 2000 * (i + 1),
  source,
}));
const slow = state.map((s, i) => 2 * s + 0.2 * noise[1][i]);
const inputs = dataset(labels, [noise[0], slow, noise[2].map((v) => 0.01 * v)], segments);
const x = input('x', ['n', 3]);
const cv = matmul(x, constant([0.01, 1, 1, 0, 0.1, 5], [3, 2], 'w'));
const diagnostics = await diagnose({ x, cv, jacobian: jacobian(cv, x) }, inputs, {
  cvs: ['node-0', 'node-1'],
  lag: 10,
});
const page = renderReport({ title: 'Two states', diagnostics });
const { document } = parseHTML(page) as unknown as {
  document: { querySelectorAll(selector: string): Iterable<{ id: string; textContent: string }> };
};
const texts = (selector: string): string[] =>
  [...document.querySelectorAll(selector)].map(({ textContent }) => textContent);

test('diagnostics are a section with its figures', () => {
  assert.deepEqual(texts('h2'), ['Diagnostics']);
  const ids = [...document.querySelectorAll('figure')].map(({ id }) => id);
  const expected = ['timescales', 'distribution-node-0-source', 'distribution-node-1-basin'];
  const ranked = ['sensitivities-0', 'sensitivities-1', 'explained-inputs'];
  assert.deepEqual(
    ids,
    [...expected, ...ranked].map((id) => `figure-${id}`),
  );
});

test('inputs are ranked by what they do to each CV', () => {
  const order = (figure: string): string[] =>
    texts(`#figure-${figure} svg text`).filter((text) => labels.includes(text));
  assert.deepEqual(order('sensitivities-0'), ['slow', 'loud', 'quiet']);
  assert.deepEqual(order('sensitivities-1'), ['loud', 'quiet', 'slow']);
  assert.deepEqual(order('explained-inputs').slice(-1), ['quiet']);
});

// The chain's own share of frames in state 1 is ⅓; of these 4000, 26 %.
test('files are told apart by what differs in their paths, and basins are counted', () => {
  assert.deepEqual(texts('#figure-distribution-node-0-source .key text'), ['a', 'b']);
  assert.match(texts('#figure-distribution-node-0-source figcaption')[0], /2 basins of 74 %, 26 %/);
});

test('the verdict is told in the first sentence', () => {
  assert.match(
    texts('#diagnostics p')[0],
    /at a lag of 10 ps and before\s+any bias:\s+node-0 is doubtful \(.*\): it jumps: 453 frames/,
  );
});

test('times are in ps, or in the units of a run in natural ones', () => {
  assert.match(texts('#figure-timescales svg text').join(), /Lag \(ps\)/);
  const natural = renderReport({
    title: 'Two states',
    diagnostics,
    units: { energy: 'kT', time: 'thousand time units' },
  });
  assert.ok(!/\bps\b/.test(natural) && /Lag \(time units\)/.test(natural));
});
