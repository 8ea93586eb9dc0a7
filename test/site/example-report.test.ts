import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { style } from '../../src/report/index.js';
import { packageRoot } from '../../src/support/index.js';

for (const name of ['example-report', 'example-modes'])
  test(`the site’s ${name} looks as reports do now: else npm run docs:report makes it anew`, () => {
    const page = readFileSync(join(packageRoot(), 'site', 'public', `${name}.html`), 'utf8');
    assert.ok(page.includes(style));
    assert.match(page, /id="figure-data"/);
    assert.match(page, /<h2>States<\/h2>/);
  });
