import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { methodNames } from '../../../src/models/index.js';
import { temporaryFolder } from '../../temporary-folder.js';
import { runCli } from '../run-cli.js';

const folder = temporaryFolder('completion-bash');
const script = join(folder, 'latentcv.bash');
const printed = runCli(['completion', 'bash']);
writeFileSync(script, printed.stdout);
for (const name of ['COLVAR', 'COLVAR 2', 'conf.gro']) writeFileSync(join(folder, name), '');
mkdirSync(join(folder, 'run'));

/** What a real bash has in COMPREPLY for these words, the last of which is not whole yet. */
function completed(...words: string[]): string[] {
  const body = `source "$1"; shift
    complete -p latentcv | grep -q -- '-F _latentcv' || exit 9
    COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _latentcv; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { status, stdout, stderr } = spawnSync('bash', ['-c', body, 'bash', script, 'latentcv', ...words], {
    cwd: folder,
    encoding: 'utf8',
  });
  assert.equal(stderr, '');
  assert.equal(status, 0);
  return stdout.split('\n').filter((line) => line !== '');
}

test('the script is one of bash', () => {
  assert.equal(printed.code, 0, printed.stderr);
  assert.equal(spawnSync('bash', ['-n', script]).status, 0);
});

test('commands complete, and options in front of them', () => {
  assert.deepEqual(completed('tr'), ['train']);
  assert.deepEqual(completed('d'), ['descriptors', 'differentiate', 'decode', 'design', 'doctor']);
  assert.deepEqual(completed('--v'), ['--version', '--verbose']);
  assert.deepEqual(completed('--quiet', 'fe'), ['fes']);
});

test('the options of a command complete, and those of all', () => {
  assert.deepEqual(completed('train', '--me'), ['--method']);
  assert.deepEqual(completed('fes', '--basin'), ['--basin', '--basin-a']);
  assert.deepEqual(completed('fes', '--met'), ['--method']);
  assert.deepEqual(completed('doctor', '--verb'), ['--verbose']);
  assert.deepEqual(completed('doctor', '--method'), []);
});

test('choices complete as values, with an equals sign too, and in lists the last item', () => {
  assert.deepEqual(completed('train', '--method', ''), ['auto', ...methodNames]);
  assert.deepEqual(completed('train', '--method', '=', 'deep-ti'), ['deep-tica']);
  assert.deepEqual(completed('train', '--method', '='), ['auto', ...methodNames]);
  assert.deepEqual(completed('search', '--method', 'pca,tic'), ['pca,tica']);
  assert.deepEqual(completed('setup', 'plumed', 'g'), ['gromacs']);
  assert.deepEqual(completed('completion', ''), ['bash', 'zsh', 'fish']);
  assert.deepEqual(completed('help', 'uni'), ['units']);
});

test('files complete where a file is meant, with blanks in their names; nothing where a number is', () => {
  assert.deepEqual(completed('train', 'COL').sort(), ['COLVAR', 'COLVAR 2']);
  assert.deepEqual(completed('train', '--structure', 'con'), ['conf.gro']);
  assert.deepEqual(completed('train', 'COLVAR', '-o', 'r'), ['run']);
  assert.deepEqual(completed('train', '--latent', ''), []);
  assert.deepEqual(completed('doctor', ''), []);
  assert.deepEqual(completed('nothing', ''), []);
});
