import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { packageRoot } from '../../src/support/folders.js';

const room = join(packageRoot(), 'src', 'training');
const chambers = ['data', 'loop', 'outcome'];

/** The chambers that a source imports from. */
const entered = (text: string): string[] =>
  [...text.matchAll(/from '(?:\.\.\/)+(\w+)\//g)]
    .map(([, chamber]) => chamber)
    .filter((c) => chambers.includes(c));

test('data, loop and outcome do not import one another', () => {
  assert.deepEqual(entered("import { fit } from '../loop/index.js';"), ['loop']);
  assert.deepEqual(entered("import { fit } from '../../loop/index.js';"), ['loop']);
  for (const chamber of chambers) {
    const files = readdirSync(join(room, chamber), { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.ts'),
    );
    assert.ok(files.length > 3);
    for (const file of files)
      assert.deepEqual(entered(readFileSync(join(room, chamber, file), 'utf8')), [], `${chamber}/${file}`);
  }
});
