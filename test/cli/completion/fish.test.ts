import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryFolder } from '../../temporary-folder.js';
import { runCli } from '../run-cli.js';

const folder = temporaryFolder('completion-fish');
const script = join(folder, 'latentcv.fish');
const { stdout } = runCli(['completion', 'fish']);
writeFileSync(script, stdout);
writeFileSync(join(folder, 'COLVAR'), '');
const skip = spawnSync('fish', ['--version']).status === 0 ? false : 'no fish';

test('each option of each command has a line, with its choices', () => {
  assert.match(stdout, /__fish_seen_subcommand_from train" -l method -x -a 'auto [^']*deep-tica[^']*' -d '/);
  assert.match(
    stdout,
    /__fish_seen_subcommand_from train" -l output -s o -r -F -d 'the model file to write'/,
  );
  // each quotation ends in its line
  for (const line of stdout.split('\n'))
    assert.match(line.replace(/\\['\\]/g, ''), /^#|^(?:[^'"]|'[^']*'|"[^"]*")*$/);
});

test('fish completes', { skip }, () => {
  const completed = (line: string): string[] => {
    const { stdout, stderr } = spawnSync('fish', ['-c', `source ${script}; complete -C '${line}'`], {
      cwd: folder,
      env: { ...process.env, HOME: folder },
      encoding: 'utf8',
    });
    assert.equal(stderr, '');
    return stdout.split('\n').flatMap((each) => (each === '' ? [] : [each.split('\t')[0]]));
  };
  assert.deepEqual(completed('latentcv tr'), ['train']);
  assert.deepEqual(completed('latentcv train --method deep-'), ['deep-lda', 'deep-tda', 'deep-tica']);
  assert.deepEqual(completed('latentcv search --method pca,tic'), ['pca,tica']);
  assert.deepEqual(completed('latentcv fes --cv x COL'), ['COLVAR']);
  assert.deepEqual(completed('latentcv help unit'), ['units']);
});
