import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { Command } from 'commander';
import { allCommands } from '../../../src/cli/program.js';
import { packageRoot } from '../../../src/support/folders.js';

const script = join(packageRoot(), 'scripts', 'parts', 'python-functions.mjs');
const { pythonFunctions } = (await import(pathToFileURL(script).href)) as {
  pythonFunctions: (commands: ReadonlyMap<string, Command>) => string;
};
const commands = await allCommands();
const made = pythonFunctions(commands);

test('the Python module has what the commands take (npm run docs:options)', () => {
  const file = join(packageRoot(), 'python', 'latentcv', '_commands.py');
  assert.equal(readFileSync(file, 'utf8'), made);
});

test('every command that a script would read is a function, with its files first', () => {
  const functions = [...made.matchAll(/^def (\w+)\($/gm)].map(([, name]) => name);
  const read = [...commands].filter(([, { options }]) => options.some(({ long }) => long === '--json'));
  assert.deepEqual(
    functions,
    read.map(([name]) => name.replaceAll('-', '_')),
  );
  assert.ok(functions.length >= 13);
  assert.match(
    made,
    /def predict\(\n {4}model: StrPath,\n {4}files: Frames \| Sequence\[Frames\],\n {4}\*,\n/,
  );
});

test('an option that is needed has no default; types are those of its values', () => {
  const train = /def train\([^]*?\n\) ->/.exec(made)![0];
  assert.match(train, /\n {4}\*,\n {4}output: StrPath,\n/);
  assert.match(train, /\n {4}lag: str \| float \| None = None,\n/);
  assert.match(train, /\n {4}layers: str \| int \| Sequence\[int\] \| None = None,\n/);
  assert.match(train, /\n {4}replicas: Literal\["independent", "shared"\] \| None = None,\n/);
  assert.match(train, /\n {4}no_pbc: bool = False,\n/);
});
