import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { packageRoot } from '../../src/support/folders.js';

test('the pages that are packed link to files that are packed', () => {
  const words = ['pack', '--dry-run', '--ignore-scripts', '--json'];
  const printed = execFileSync('npm', words, {
    cwd: packageRoot(),
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [{ files }] = JSON.parse(printed) as [{ files: { path: string }[] }];
  const inside = new Set(files.map(({ path }) => path));
  const pages = [...inside].filter((name) => /^(README|CHANGELOG|docs\/.*)\.md$/.test(name));
  assert.ok(pages.length > 5);
  const lost = pages.flatMap((page) =>
    [...readFileSync(join(packageRoot(), page), 'utf8').matchAll(/\]\(([^)#:\s]+)(?:#[^)]*)?\)/g)]
      .filter(([, link]) => !inside.has(join(dirname(page), link)))
      .map(([, link]) => `${page} links to ${link}`),
  );
  assert.deepEqual(lost, []);
});
