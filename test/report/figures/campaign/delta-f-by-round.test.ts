import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseHTML } from 'linkedom/worker';
import { deltaFByRound } from '../../../../src/report/figures/index.js';
import { budget, converged } from '../../../fixtures/campaigns.js';

interface Mark {
  getAttribute(name: string): string | null;
  textContent: string;
}

const how = { units: { energy: 'kJ/mol', time: 'ns' }, decimals: 2 };

function drawn(record: typeof converged) {
  const figure = deltaFByRound(record, record.deltaFs[0], 0, how)!;
  const { document } = parseHTML(figure.body.text) as unknown as {
    document: { querySelectorAll(selector: string): Iterable<Mark> };
  };
  const marks = (selector: string) => [...document.querySelectorAll(selector)];
  return { figure, marks };
}

test('a round is a point with its error, beside it its replicas, across all what counts', () => {
  const { figure, marks } = drawn(converged);
  const dots = marks('svg [aria-label="dot"] circle');
  assert.equal(dots.length, 9);
  const radii = dots.map((dot) => Number(dot.getAttribute('r')));
  assert.deepEqual([...new Set(radii)], [2.5, 4.5]);
  // an error bar each, a line and a band for the combined value
  assert.equal(marks('svg [aria-label="rule"] line').length, 10);
  assert.equal(marks('svg [aria-label="rect"] rect').length, 1);
  assert.deepEqual(
    marks('.key text').map(({ textContent }) => textContent),
    ['round', 'its replicas', 'rounds that count'],
  );
  assert.match(figure.caption, /Line: 10\.01 ± 0\.21 kJ\/mol of rounds 2, 3\./);
  assert.doesNotMatch(figure.caption, /Hollow/);
});

test('higher values lie higher, and bars are as long as their errors', () => {
  const { marks } = drawn(converged);
  const large = marks('svg [aria-label="dot"] circle').filter((dot) => dot.getAttribute('r') === '4.5');
  const y = large.map((dot) => Number(dot.getAttribute('cy')));
  assert.ok(y[0] > y[1] && y[1] > y[2], y.join());
  const perUnit = (y[0] - y[2]) / (10.12 - 9.31);
  const bars = marks('svg [aria-label="rule"] line').map((bar) =>
    Math.abs(Number(bar.getAttribute('y2')) - Number(bar.getAttribute('y1'))),
  );
  for (const error of [0.52, 0.31, 0.29])
    assert.ok(
      bars.some((length) => Math.abs(length / (2 * perUnit) - error) < 0.01),
      String(error),
    );
});

test('what has no error is hollow and has no bar; without a value nothing is drawn', () => {
  const { figure, marks } = drawn(budget);
  assert.equal(marks('svg [aria-label="dot"] circle[fill="white"]').length, 4);
  assert.equal(marks('svg [aria-label="rule"] line').length, 1);
  assert.match(figure.caption, /Of all together it is not determined: one round alone has an error\. Hollow/);
  assert.equal(deltaFByRound({ ...budget, rounds: [] }, budget.deltaFs[0], 0, how), undefined);
});
