import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { test } from 'node:test';
import { packageRoot } from '../../src/support/folders.js';
import { temporaryFolder } from '../temporary-folder.js';

interface Checker {
  siteProblems: (folder: string, options?: { base?: string; without?: string[] }) => string[];
}

const script = join(packageRoot(), 'scripts', 'parts', 'site-problems.mjs');
const { siteProblems } = (await import(pathToFileURL(script).href)) as Checker;

function site(files: Record<string, string>): string {
  const folder = temporaryFolder('pages');
  mkdirSync(join(folder, 'part'));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return folder;
}

test('links that lead somewhere are no problem, by path, by anchor and below a base', () => {
  const folder = site({
    'index.html':
      '<h1 id="δf">A</h1><a class="b" href="/at/part/">B</a><a href="#%CE%B4f">C</a><a href="/at/library/x.html">L</a>',
    'part/index.html':
      '<a href="../index.html#δf">up</a><a href="https://doi.org/10.1/2">paper</a><img src="x.svg">',
    'part/x.svg': '<svg/>',
  });
  assert.deepEqual(siteProblems(folder, { base: '/at/', without: ['library/'] }), []);
});

test('files and anchors that are not there, and what other hosts have, are problems', () => {
  const folder = site({
    'index.html':
      '<script src="https://cdn.example/a.js"></script><a href="/lost.html">1</a><a href="/part/a.html#no">2</a><img src="/no.png">',
    'part/a.html': '<link rel="stylesheet" href="//fonts.example/f.css"><a href="../index.html?q=1">3</a>',
    'style.css': '@font-face { src: url("https://fonts.example/f.woff2"); }',
  });
  assert.deepEqual(siteProblems(folder).sort(), [
    'index.html fetches /no.png, which is not there',
    'index.html fetches https://cdn.example/a.js from another host',
    'index.html leads to /lost.html, which is not there',
    'index.html leads to /part/a.html#no, which is not there',
    'part/a.html fetches //fonts.example/f.css from another host',
    'style.css fetches https://fonts.example/f.woff2 from another host',
  ]);
});
