import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { packageRoot } from '../../src/support/index.js';
import { expectSchema } from './expect-schema.js';
import { runCli } from './run-cli.js';

interface Made {
  outputSchemas: () => ReadonlyMap<string, object>;
  schemaText: (schema: object) => string;
}

test('docs/schemas are what the commands print: npm run docs:options writes them', async () => {
  const address = pathToFileURL(join(packageRoot(), 'scripts', 'parts', 'output-schemas.mjs')).href;
  const { outputSchemas, schemaText } = (await import(address)) as Made;
  const folder = join(packageRoot(), 'docs', 'schemas');
  const made = outputSchemas();
  assert.deepEqual(readdirSync(folder).sort(), [...made.keys()].map((name) => `${name}.json`).sort());
  for (const [name, schema] of made)
    assert.equal(readFileSync(join(folder, `${name}.json`), 'utf8'), schemaText(schema), name);
});

test('schema --results prints one, or all by the commands’ names', () => {
  const printed = (...words: string[]): unknown =>
    JSON.parse(runCli(['schema', ...words, '--results']).stdout) as unknown;
  const plugin = printed('plugin');
  assert.deepEqual((printed() as { plugin: unknown }).plugin, plugin);
  const { code, stderr } = runCli(['schema', 'completion', '--results']);
  assert.equal(code, 2);
  assert.match(stderr, /expected a command that has --json \(campaign, .*but received completion/);
});

test('a schema refuses what has a key too few, too many, or of another type', () => {
  const right = { version: '1', healthy: true, checks: [] };
  expectSchema('doctor', right);
  const { version, ...few } = right;
  for (const wrong of [few, { ...right, more: version }, { ...right, healthy: 'yes' }])
    assert.throws(() => expectSchema('doctor', wrong));
});
