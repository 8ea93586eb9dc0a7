import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryFolder } from '../../temporary-folder.js';
import { runCli } from '../run-cli.js';

const script = join(temporaryFolder('completion-zsh'), '_latentcv');
const { stdout } = runCli(['completion', 'zsh']);
writeFileSync(script, stdout);
const skip = spawnSync('zsh', ['--version']).status === 0 ? false : 'no zsh';

test('each option of each command has a specification, with its choices', () => {
  assert.match(stdout, /^#compdef latentcv\n/);
  const train = /^ {8}train\)\n[^]*?;;$/m.exec(stdout)![0];
  assert.match(train, /'\*--method=\[[^']*\]:value:\(auto [^)]*deep-tica[^)]*\)'/);
  assert.match(train, /'\*--output=\[the model file to write\]:value:_files'/);
  assert.match(train, /'\*-o\[the model file to write\]:value:_files'/);
  assert.match(train, /'\*:argument:_files' ;;$/);
});

test('every quotation ends in its line', () => {
  const open = stdout.replace(/'\\''/g, '').split('\n');
  for (const line of open.filter((each) => !each.startsWith('#')))
    assert.equal(line.split("'").length % 2, 1, line);
});

test('zsh reads it', { skip }, () => {
  const { status, stderr } = spawnSync('zsh', ['-n', script], { encoding: 'utf8' });
  assert.equal(status, 0, stderr);
});
