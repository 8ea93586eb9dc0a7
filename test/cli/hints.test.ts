import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import ts from 'typescript';
import { allCommands } from '../../src/cli/program.js';
import { partNames } from '../../src/setup/index.js';
import { packageRoot } from '../../src/support/folders.js';

const source = join(packageRoot(), 'src');

/** Every text of the program: what it may print. */
function texts(): string[] {
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' });
  return files.filter((name) => name.endsWith('.ts')).flatMap((name) => textsOf(join(source, name)));
}

function textsOf(path: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node))
      found.push(node.text);
    node.forEachChild(visit);
  };
  visit(ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest));
  return found;
}

/** Words behind the name of the program in sentences about it, and in what its files begin with. */
const others = [
  'builds',
  'but',
  'can',
  'confinement',
  'does',
  'finds',
  'frames',
  'graph',
  'knows',
  'model',
  'needs',
  'works',
];

test('every command that a message names is one that the program has', async () => {
  const commands = [...(await allCommands()).keys(), 'schema', 'completion', 'help'];
  const named = texts().flatMap((text) => [...text.matchAll(/(?<![\w/])latentcv ([a-z]+)(?: ([a-z]+))?/g)]);
  assert.ok(named.filter(([, command]) => commands.includes(command)).length > 30);
  const unknown = named.filter(([, command]) => !commands.includes(command) && !others.includes(command));
  assert.deepEqual(
    unknown.map(([words]) => words),
    [],
  );
  const parts: string[] = [...partNames(), 'all'];
  const setups = named.filter(([, command, part]) => command === 'setup' && part !== undefined);
  assert.ok(setups.length >= 5);
  assert.deepEqual(
    setups.map(([, , part]) => part).filter((part) => !parts.includes(part) && part !== 'fetches'),
    [],
  );
});

test('scripts of npm are named for a checkout alone, and are there', () => {
  const { scripts } = JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  for (const text of texts().filter((each) => each.includes('npm run'))) {
    assert.match(text, /in a checkout/, text);
    for (const [, name] of text.matchAll(/npm run ([\w:]+)/g)) assert.ok(name in scripts, text);
  }
});
