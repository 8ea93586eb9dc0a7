import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseHTML } from 'linkedom/worker';
import type { CampaignRecord } from '../../../../src/campaign/index.js';
import { renderReport, type ReportData } from '../../../../src/report/index.js';
import { budget, converged, oneState, running } from '../../../fixtures/campaigns.js';

interface Element {
  readonly textContent: string;
  readonly className: string;
  querySelectorAll(selector: string): Iterable<Element>;
}

const text = (element: Element): string => element.textContent.replace(/\s+/g, ' ').trim();

function pageOf(record: CampaignRecord, more: Partial<ReportData> = {}) {
  const units = { energy: 'natural units', time: 'thousand time units' };
  const page = renderReport({
    ...{ title: 'A campaign', campaign: { folder: 'campaigns/first', record } },
    ...(record.natural && { units }),
    ...more,
  });
  const { document } = parseHTML(page) as unknown as { document: Element };
  const all = (selector: string) => [...document.querySelectorAll(selector)];
  return { page, all, texts: (selector: string) => all(selector).map(text) };
}

/** Rows of the tables in an element, cells by their text. */
function rowsIn(element: Element): string[][] {
  return [...element.querySelectorAll('tbody tr')].map((row) => [...row.querySelectorAll('td')].map(text));
}

test('the chapter comes first, with what the campaign came to', () => {
  const page = pageOf(converged);
  assert.deepEqual(page.texts('h2'), ['Campaign']);
  assert.equal(page.all('#campaign-verdict')[0].className, 'verdict good');
  assert.deepEqual(page.texts('#campaign-verdict .value'), ['10.01 ± 0.21 kJ/mol']);
  assert.deepEqual(page.texts('#campaign-verdict .headline'), ['Converged after 3 rounds']);
  assert.deepEqual(page.texts('#campaign-verdict li')[0], 'rounds: met, rounds 2 and 3 are 0.6 σ apart (at most 2)'); // prettier-ignore
  assert.deepEqual(page.texts('.tiles dd'), [
    '92 ns',
    '10 ns (11 %)',
    '22 ns (24 %)',
    '60 ns (65 %)',
    '5 h 24 min',
  ]);
  assert.match(page.texts('.definitions td')[0], /^10\.01 ± 0\.21 kJ\/mol; rounds 2, 3 \(round-2\/production, round-3\/production\)$/); // prettier-ignore
});

test('each round tells what it tried, why it kept what it did, and the run behind each number', () => {
  const page = pageOf(converged);
  assert.deepEqual(page.texts('.round h3'), ['Round 1', 'Round 2', 'Round 3']);
  const rows = rowsIn(page.all('.round')[0]);
  assert.deepEqual(rows, [
    ['tae-1, kept', 'round 1', '14', '14', '7 ± 1.9', 'first', 'never', '2', 'round-1/pilots/tae-1'],
    ['tae-2', 'round 1', '9', '9', '4.5 ± 1.5', '1.0 σ', '1.3 % of frames, by up to 0.21 of its range', '2', 'round-1/pilots/tae-2'], // prettier-ignore
    ['tae-3', 'round 1', '0', '0', 'below 1.5', '3.7 σ', '31 % of frames, by up to 1.4 of its range', '2', 'round-1/pilots/tae-3'], // prettier-ignore
    ['ΔF(C7ax − C7eq)', '9.31 ± 0.52 kJ/mol', '47', '20', 'round-1/production, biased along cv.node-0'],
    ['replica 0', '8.84 ± 0.71 kJ/mol', '21', '', 'round-1/production/replica-0/COLVAR'],
    ['replica 1', '9.92 ± 0.78 kJ/mol', '26', '', 'round-1/production/replica-1/COLVAR'],
  ]);
  const round = page.texts('.round')[1];
  assert.match(round, /tae-5 was kept \(round-2\/models\/tae-5\.onnx\): crosses more often than tae-1 of round 1, by 2\.7 σ\./); // prettier-ignore
  assert.match(round, /On frames that the CVs have not seen: tae-5: 98 % of the slowest process/);
  assert.match(round, /Missing after it: no better CV \(tae-5 of round 2 crosses more often/);
});

test('criteria stand round by round, exploration with what was found, notes at the end', () => {
  const page = pageOf(converged);
  const rows = rowsIn(page.all('#campaign')[0]).map((cells) => cells.join(' | '));
  for (const row of [
    'rounds | missing | met | met',
    'replicas | met | met | met',
    'no better CV | met | missing | met',
    'given | frames given | 300 K | 2 | 0 | not found: one state alone: C7eq | frames/c7eq',
    'explore-1 | hot | 600 K | 10 | 9 | found: both states, 9 crossings between them | explore-1/run-0, explore-1/run-1',
  ])
    assert.ok(rows.includes(row), row);
  assert.match(page.texts('#campaign')[0], /Notes round 2: a better CV than tae-1 was found, so that/);
  assert.match(page.texts('details pre')[0], /# round-2-pilot latentcv pilot pilots/);
});

test('a campaign without an answer says so, and shows no error that there is not', () => {
  const page = pageOf(budget);
  assert.equal(page.all('#campaign-verdict')[0].className, 'verdict bad');
  assert.deepEqual(page.texts('#campaign-verdict .value'), ['not determined']);
  assert.match(page.texts('.definitions td')[0], /^not determined: one round alone has an error$/);
  const rows = rowsIn(page.all('.round')[0]);
  assert.equal(rows[3][1], 'not determined (13.20 natural units in its frames)');
  assert.equal(rows[4][1], 'not determined');
  assert.equal(rows[3].at(-1), 'fewer than ten transitions');
  assert.doesNotMatch(page.page.replace(/<script[^]*?<\/script>/g, ''), /NaN|undefined|null|Infinity/);
  assert.doesNotMatch(page.texts('#campaign')[0], /\bns\b|kJ\/mol|\d K\b/);
});

test('a campaign that goes on tells its step, and one of one state has no rounds', () => {
  const page = pageOf(running);
  assert.equal(page.all('#campaign-verdict')[0].className, 'verdict caution');
  assert.deepEqual(page.texts('.headline'), ['Under way: round 2: pilots along 4 CVs, 8 ns']);
  assert.match(page.texts('.round')[1], /No CV was tried yet\./);
  const stopped = pageOf({ ...running, failure: 'no such file' });
  assert.match(stopped.texts('.headline')[0], /^It stopped: round 2/);
  assert.equal(stopped.texts('#campaign-verdict li')[0], 'no such file');
  const alone = pageOf(oneState);
  assert.deepEqual(alone.texts('.headline'), ['No second state was found and returned from']);
  assert.deepEqual(alone.texts('figure, .round'), []);
  assert.match(alone.texts('#campaign')[0], /missing: a second state/);
});

test('a verdict of the last run does not stand beside that of the campaign, but its reference does', () => {
  const result = { deltaF: 10.12, error: 0.29, reference: 9.97, referenceError: 0.23 };
  const page = pageOf(converged, { result });
  assert.deepEqual(page.texts('#verdict'), []);
  assert.deepEqual(page.texts('.tiles dd').slice(0, 2), ['9.97 ± 0.23 kJ/mol', '0.04 kJ/mol']);
});
