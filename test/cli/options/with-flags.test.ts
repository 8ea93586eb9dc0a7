import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { settingOptions } from '../../../src/cli/options/setting-option.js';
import { withFlags, withFlagsOf } from '../../../src/cli/with-flags.js';
import { allCommands } from '../../../src/cli/program.js';
import { packageRoot } from '../../../src/support/index.js';

const commands = await allCommands();
const train = commands.get('train')!;

test('settings that the library names are flags to who runs a command', () => {
  const said = 'say ‘temperature’ (K), or ‘kT’; ‘bias: none’ and ‘pbc’, ‘methodOptions: beta=1’';
  assert.equal(
    withFlags(said, train),
    'say --temperature (K), or --kt; --bias none and --no-pbc, --set beta=1',
  );
});

test('what is no option of the command stays as the library says it', () => {
  assert.equal(withFlags('‘barrier’ of ‘lag’', train), '‘barrier’ of --lag');
  assert.equal(withFlags('PLUMED’s ‘a b’', train), 'PLUMED’s ‘a b’');
});

test('what another command takes is a flag where a text sends to it', () => {
  const settings = Object.fromEntries(settingOptions(train).map(({ key, schema }) => [key, schema]));
  assert.equal(withFlagsOf('‘perNanometre: 2’ of ‘barrier’', settings), '--per-nanometre 2 of ‘barrier’');
});

const keys = new Set([...commands.values()].flatMap((each) => settingOptions(each).map(({ key }) => key)));
const flags = new Set([...commands.values()].flatMap((each) => settingOptions(each).map(({ long }) => long)));

/** Lines of the library, comments left out, TypeScript's and the C++ that Node calls. */
const lines = ['src', 'native/core', 'native/trajectories', 'native/addon'].flatMap((room) => {
  const root = join(packageRoot(), room);
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ts|cpp|h)$/.test(name) && !name.startsWith('cli'))
    .flatMap((name) =>
      readFileSync(join(root, name), 'utf8')
        .split('\n')
        .map((text) => ({ name, text })),
    )
    .filter(({ text }) => !/^\s*(\*|\/\*|\/\/)/.test(text));
});

test('every setting that the library names is one of some command', () => {
  const named = lines.flatMap(({ name, text }) =>
    [...text.matchAll(/‘(\w+)(?:: [^’]*)?’/g)].map(([, key]) => ({ key, name })),
  );
  assert.ok(named.length > 40);
  assert.ok(named.some(({ name }) => name.endsWith('.cpp')));
  assert.deepEqual(
    named.filter(({ key }) => !keys.has(key)),
    [],
  );
});

test('none is named as a flag, but in a command that is told whole', () => {
  const commandLines = ['programs/', 'quickstart/', 'campaign/rounds/'];
  const named = lines
    .filter(
      ({ name, text }) =>
        !commandLines.some((room) => name.startsWith(room)) && !/latentcv [a-z]+ /.test(text),
    )
    .filter(({ text }) => [...text.matchAll(/--[a-z][a-z-]+/g)].some(([flag]) => flags.has(flag)));
  assert.deepEqual(named, []);
});
