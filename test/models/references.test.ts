import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { methodNames, methods } from '../../src/models/index.js';
import { packageRoot } from '../../src/support/folders.js';

it('what a method wants cited is authors, a year, and where it is', () => {
  for (const name of methodNames)
    for (const reference of methods[name].references)
      assert.match(
        reference,
        /^\p{Lu}[^\n]* (19|20)\d\d, (doi:10\.\d{4,9}\/\S+|arXiv:\d{4}\.\d{4,5}|ICML \d+)$/u,
        name,
      );
});

it('and a paper that the method is named by stands there', () => {
  const cited = (name: keyof typeof methods): string => methods[name].references.join('\n');
  // the docstrings of src/models give the same DOIs
  for (const name of methodNames) {
    const file = name === 'multitask-autoencoder' ? 'regression' : name;
    const source = readFileSync(join(packageRoot(), 'src', 'models', `${file}.ts`), 'utf8');
    const docs = [...source.matchAll(/^ \* .*$/gm)].map(([line]) => line).join('\n');
    for (const [doi] of docs.matchAll(/doi:10\.[^\s,;]*[^\s,;.:)]/g))
      if (file !== 'pca' && file !== 'regression') assert.ok(cited(name).includes(doi), `${name}: ${doi}`);
  }
});

it('and each has a page with its figure, and a place in the gallery', () => {
  const folder = join(packageRoot(), 'docs', 'methods');
  const page = (name: string): string => readFileSync(join(folder, `${name}.md`), 'utf8');
  const gallery = page('gallery');
  for (const name of methodNames) {
    assert.ok(page(name).includes(`](figures/${name}.svg)`), name);
    assert.match(readFileSync(join(folder, 'figures', `${name}.svg`), 'utf8'), /^<svg [^]*<\/svg>\n$/, name);
    assert.ok(gallery.includes(`](${name}.md): ${methods[name].summary}`), name);
  }
});
