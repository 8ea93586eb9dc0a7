import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { environmentVariables } from '../../../src/cli/topics/environment.js';
import { packageRoot } from '../../../src/support/folders.js';

const sources = ['src', 'plumed-plugin', 'native'].flatMap((part) =>
  readdirSync(join(packageRoot(), part), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ts|cpp|cjs|h)$/.test(name) && !name.includes('third_party'))
    .filter((name) => !name.endsWith(join('topics', 'environment.ts')))
    .map((name) => readFileSync(join(packageRoot(), part, name), 'utf8')),
);
const all = sources.join('\n');

test('every variable that is told is read somewhere', () => {
  for (const name of Object.keys(environmentVariables))
    assert.match(all, new RegExp(`['."]${name}\\b`), name);
});

/** Variables that stand for one run of the program's own scripts and tests. */
const internal = ['LATENTCV_SETUP_SECONDS'];

test('every variable of latentcv that is read is told', () => {
  const read = [...all.matchAll(/process\.env\.(LATENTCV_\w+)/g)].map(([, name]) => name);
  assert.ok(read.length > 3);
  for (const name of read) assert.ok(name in environmentVariables || internal.includes(name), name);
});
