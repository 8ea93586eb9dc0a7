import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { packageRoot } from '../../src/support/index.js';
import { drive, runFolder } from './driver.js';

const page = readFileSync(join(packageRoot(), 'docs', 'onnx_model.md'), 'utf8');
const source = (name: string): string => readFileSync(join(packageRoot(), 'plumed-plugin', name), 'utf8');

interface Keyword {
  kind: string;
  preset: string;
}

/** The keywords that the plugin registers for itself; ARG is PLUMED's. */
function registered(): Map<string, Keyword> {
  const found = new Map<string, Keyword>([['ARG', { kind: 'optional', preset: '–' }]]);
  const [, body] = /registerKeywords\(Keywords& keys\) \{([^]*?)\n\}/.exec(source('onnx_model.cpp'))!;
  const calls = body.matchAll(
    /keys\.(?:add\(\s*"(?<kind>\w+)",\s*"(?<name>\w+)",\s*(?:"(?<preset>[^"]*)",)?\s*"|addFlag\(\s*"(?<flag>\w+)",\s*false)/g,
  );
  for (const { groups = {} } of calls) {
    const { kind, name, preset, flag } = groups;
    if (flag !== undefined) found.set(flag, { kind: 'flag', preset: 'off' });
    else found.set(name, { kind, preset: preset === undefined ? '–' : `\`${preset}\`` });
  }
  return found;
}

/** Cells of the table below a heading, a row each. */
function rowsBelow(heading: string): string[][] {
  const [, section] = page.split(`\n## ${heading}\n`);
  return [...section.split('\n## ')[0].matchAll(/^\| `.*$/gm)].map(([row]) =>
    row
      .split(/ \| |^\| | \|$/)
      .map((cell) => cell.trim())
      .slice(1, -1),
  );
}

test('docs/onnx_model.md has every keyword that the plugin registers, with its kind and default', () => {
  const table = rowsBelow('Keywords');
  const own = registered();
  assert.deepEqual(table.map(([name]) => name.replaceAll('`', '')).sort(), [...own.keys()].sort());
  for (const [name, kind, preset] of table) {
    const expected = own.get(name.replaceAll('`', ''))!;
    assert.equal(kind, expected.kind, name);
    // an optional keyword has no default of PLUMED's: the page says in words what the action takes
    if (kind !== 'optional') assert.equal(preset, expected.preset, name);
  }
});

test('docs/onnx_model.md has every component that the plugin names', () => {
  const names = [...source('compatibility.h').matchAll(/addScalar\(keys, "([\w-]+)", "(\w+)"/g)];
  const table = rowsBelow('Components').map(([component, keyword]) => `${component} ${keyword}`);
  for (const [, name, keyword] of names.filter(([, , keyword]) => keyword !== 'default'))
    assert.ok(table.includes(`\`${name}\` \`${keyword}\``), name);
  assert.ok(table.some((row) => row.startsWith('`node-0`')));
});

test('the examples of the table are taken', async () => {
  // another model, or given already
  const others = [
    'FILE',
    'ATOMS',
    'ARG',
    'NL_STRIDE',
    'NL_SKIN',
    'TEMP',
    'UNCERTAINTY',
    'COMMITTOR',
    'KOLMOGOROV',
  ];
  const rows = rowsBelow('Keywords').map(([name, , , , example]) =>
    [name, example].map((each) => each.replaceAll('`', '')),
  );
  const tried = rows.filter(([name]) => !others.includes(name));
  const folder = await runFolder(join(packageRoot(), 'plumed-plugin', 'regtest', 'rt-atoms-outside'));
  const lines = tried.map(
    ([name, example]) => `${name}: ONNX_MODEL FILE=model.onnx ATOMS=2,3,5,6 ${example}`,
  );
  const log = await drive(folder, lines.join('\n'));
  for (const [name, example] of tried) {
    assert.ok(example === name || example.startsWith(`${name}=`), name);
    assert.match(log, new RegExp(`with label ${name}\\n`));
  }
});
