import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { partNames, parts, partsOf, stepsOf } from '../../src/setup/index.js';
import { packageRoot } from '../../src/support/folders.js';

const root = packageRoot();

test('the package holds every file that a part is made from', () => {
  const { files } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { files: string[] };
  const holds = (path: string): boolean => files.some((name) => path === name || path.startsWith(`${name}/`));
  const sources = [...stepsOf(partNames()).values()].flatMap((step) => step.sources ?? []);
  assert.ok(sources.length > 10);
  for (const path of sources) {
    assert.ok(existsSync(join(root, path)), path);
    assert.ok(holds(path), path);
  }
});

test('a script sources and reads only what its part is made from', () => {
  for (const step of stepsOf(partNames()).values()) {
    if (step.script === undefined) continue;
    const text = readFileSync(join(root, step.script), 'utf8');
    const read = [...text.matchAll(/(?:\)|\$here)\/((?:pins\/)?[\w-]+\.(?:sh|txt))"/g)].map(
      ([, name]) => `scripts/fetch/${name}`,
    );
    assert.deepEqual(
      read.filter((path) => !step.sources?.includes(path)),
      [],
      step.script,
    );
  }
});

test('a part comes with those that it needs, each once, in order', () => {
  assert.deepEqual(partsOf(['lammps', 'plumed']), ['plumed', 'lammps']);
  assert.deepEqual([...stepsOf(partsOf(['lammps'])).keys()], ['plumed', 'lammps']);
  const all = partsOf(['all']);
  assert.deepEqual(
    all.filter((name) => name !== 'cuda'),
    partNames().filter((name) => name !== 'cuda'),
  );
  for (const part of Object.values(parts())) assert.match(part.from, /PyPI|Debian/);
});
