import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { settingOptions } from '../../../src/cli/options/setting-option.js';
import { withFlags } from '../../../src/cli/with-flags.js';
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

test('every setting that the library names is one of some command, and none is named as a flag', () => {
  const keys = new Set([...commands.values()].flatMap((each) => settingOptions(each).map(({ key }) => key)));
  const root = join(packageRoot(), 'src');
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.ts') && !name.startsWith('cli'),
  );
  const texts = files.map((name) => [name, readFileSync(join(root, name), 'utf8')] as const);
  const named = texts.flatMap(([name, text]) =>
    [...text.matchAll(/‘(\w+)(?:: [^’]*)?’/g)].map(([, key]) => `${key} in ${name}`),
  );
  assert.ok(named.length > 40);
  assert.deepEqual(
    named.filter((found) => !keys.has(found.split(' ')[0])),
    [],
  );
});
