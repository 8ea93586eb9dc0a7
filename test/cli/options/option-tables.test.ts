import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { withOptionTables } from '../../../src/cli/options/index.js';
import { allCommands } from '../../../src/cli/program.js';
import { packageRoot } from '../../../src/support/index.js';

const commands = await allCommands();
const page = (name: string): string => readFileSync(join(packageRoot(), 'docs', name), 'utf8');

for (const name of ['options.md', 'training.md'])
  test(`the tables of docs/${name} are what the options are: node scripts/docs-options.mjs writes them`, () => {
    assert.match(page(name), /<!-- options /);
    assert.equal(withOptionTables(page(name), commands), page(name));
  });

test('docs/options.md has a table for every command', () => {
  const found = [...page('options.md').matchAll(/<!-- options (\w+) -->/g)].map(([, name]) => name);
  assert.deepEqual(found, [...commands.keys()]);
});

test('a table that is out of date is made anew, the page around it is left alone', () => {
  const stale = 'before\n<!-- options run: Engine -->\nstale rows\n<!-- /options -->\nafter\n';
  const made = withOptionTables(stale, commands);
  assert.match(made, /^before\n<!-- options run: Engine -->\n\n\| option \|/);
  assert.match(made, /\| `--threads <count>` \| `1` \| threads of each GROMACS; /);
  assert.match(made, /\n<!-- \/options -->\nafter\n$/);
  assert.doesNotMatch(made, /stale rows/);
  assert.equal(withOptionTables(made, commands), made);
});

test('commands and groups that are not there are told', () => {
  const asked = (words: string) => () =>
    withOptionTables(`<!-- options ${words} -->\n<!-- /options -->`, commands);
  assert.throws(asked('walk'), /no command walk/);
  assert.throws(asked('run: Weights'), /no group Weights of options of run/);
});
