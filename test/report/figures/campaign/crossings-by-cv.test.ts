import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseHTML } from 'linkedom/worker';
import { crossingsByCv } from '../../../../src/report/figures/index.js';
import { theme } from '../../../../src/report/theme.js';
import { converged, oneState } from '../../../fixtures/campaigns.js';

interface Mark {
  getAttribute(name: string): string | null;
  textContent: string;
}

const units = { energy: 'kJ/mol', time: 'ns' };

test('each CV that a round tried is a point with its error; the kept ones stand out', () => {
  const { body, caption } = crossingsByCv(converged, units)!;
  const { document } = parseHTML(body.text) as unknown as {
    document: { querySelectorAll(selector: string): Iterable<Mark> };
  };
  const marks = (selector: string) => [...document.querySelectorAll(selector)];
  const dots = marks('svg [aria-label="dot"] circle');
  assert.equal(dots.length, 11);
  assert.equal(dots.filter((dot) => dot.getAttribute('stroke') === theme.b).length, 3);
  assert.equal(dots.filter((dot) => dot.getAttribute('fill') === 'white').length, 1);
  const [first, second, third] = dots.map((dot) => Number(dot.getAttribute('cx')));
  // 7, 4.5 and 0 per ns
  assert.ok(Math.abs((first - third) / (second - third) - 7 / 4.5) < 0.01);
  assert.equal(marks('svg line[stroke-dasharray]').length + marks('svg [stroke-dasharray] line').length, 1);
  const labels = marks('svg text').map(({ textContent }) => textContent);
  for (const label of ['1: tae-1', '2: tae-1', '3: tae-5', 'Crossings per ns'])
    assert.ok(labels.includes(label), label);
  assert.match(caption, /Hollow: none/);
});

test('where no CV was tried there is no figure', () => {
  assert.equal(crossingsByCv(oneState, units), undefined);
});
