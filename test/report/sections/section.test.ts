import assert from 'node:assert/strict';
import { test } from 'node:test';
import { html } from '../../../src/report/markup.js';
import { renderSections } from '../../../src/report/sections/section.js';

test('figures are numbered through; a section without content has no heading', () => {
  const figure = (id: string) => ({
    id,
    width: 'half' as const,
    body: html`<svg></svg>`,
    caption: 'What it is.',
    data: [],
  });
  const page = renderSections([
    { id: 'a', title: 'A', content: [figure('x'), undefined, html`<p>text</p>`] },
    { id: 'b', title: 'B', content: [undefined] },
    { id: 'c', title: 'C', content: [figure('y')] },
  ]).join('');
  assert.deepEqual(page.match(/Figure \d/g), ['Figure 1', 'Figure 2']);
  assert.ok(page.includes('<p>text</p>') && !page.includes('<h2>B</h2>'));
});
