import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { packageRoot } from '../../src/support/folders.js';

/** Of a source's text: strings that are broken over lines joined, blanks as one. */
const plain = (text: string): string =>
  text
    .replaceAll(/(['"`])\s*(?:\+\s*)?\n\s*(?:<<\s*)?\1/g, '')
    .replaceAll(/\\(['"`])/g, '$1')
    .replaceAll(/\s+/g, ' ');

function sources(folder: string, ending: RegExp): string[] {
  const root = join(packageRoot(), folder);
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => ending.test(name))
    .map((name) => plain(readFileSync(join(root, name), 'utf8')));
}

interface Row {
  section: string;
  line: number;
  cells: string[];
}

function rows(page: string): Row[] {
  const found: Row[] = [];
  let section = '';
  page.split('\n').forEach((text, i) => {
    if (text.startsWith('## ')) section = text.slice(3);
    if (!text.startsWith('| ') || text.startsWith('| symptom |')) return;
    const cells = text.slice(2, -2).split(' | ');
    found.push({ section, line: i + 1, cells });
  });
  return found;
}

const page = readFileSync(join(packageRoot(), 'docs', 'symptoms.md'), 'utf8');
const table = rows(page);

test('at least forty symptoms, each with a cause and a fix', () => {
  assert.ok(table.length >= 40, `${table.length}`);
  for (const { line, cells } of table) {
    assert.equal(cells.length, 3, `docs/symptoms.md:${line}`);
    assert.ok(
      cells.every((cell) => cell.trim() !== ''),
      `docs/symptoms.md:${line}`,
    );
  }
});

test('what latentcv is said to print stands in its source', () => {
  const texts = [...sources('src', /\.ts$/), ...sources('plumed-plugin', /\.(cpp|h)$/)];
  const ours = table.filter(({ section }) => section.startsWith('latentcv: '));
  assert.ok(ours.length >= 40, `${ours.length}`);
  for (const { line, cells } of ours) {
    const printed = [...cells[0].matchAll(/`([^`]+)`/g)].map(([, text]) => text);
    assert.ok(printed.length > 0, `docs/symptoms.md:${line} has no message`);
    for (const message of printed) {
      const parts = message
        .split('…')
        .map((part) => part.trim())
        .filter((part) => /[a-z]{2}/.test(part));
      const longest = Math.max(...parts.map((part) => part.length));
      assert.ok(longest >= 9, `docs/symptoms.md:${line}: too little to be found by: ${message}`);
      assert.ok(
        texts.some((text) => parts.every((part) => text.includes(part))),
        `docs/symptoms.md:${line}: no source prints ${message}`,
      );
    }
  }
});

test('what other programs print is cited, where a thread tells of it', () => {
  const others = table.filter(({ section }) => section.startsWith('PLUMED, '));
  const cited = others.filter(({ cells }) => /github\.com\/\S+\/(issues|pull)\/\d+/.test(cells.join(' ')));
  assert.ok(cited.length >= 18, `${cited.length} of ${others.length}`);
});
