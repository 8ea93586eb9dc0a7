import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { writeTable } from '../../src/frames/index.js';
import { temporaryFolder } from '../temporary-folder.js';
import { hiddenJumps } from '../training/data.js';
import { runCli } from './run-cli.js';

const folder = temporaryFolder('streams');
const main = fileURLToPath(new URL('../../src/cli/main.js', import.meta.url));
const model = join(folder, 'model.onnx');
await writeTable(join(folder, 'COLVAR'), hiddenJumps(600).dataset);
const options = [
  '--columns',
  'd*',
  '--latent',
  '1',
  '--layers',
  '8',
  '--epochs',
  '20',
  '--lag',
  '5ps',
  '--bias',
  'none',
];
const train = `'${process.execPath}' '${main}' train COLVAR ${options.join(' ').replace('d*', "'d*'")} -o model.onnx`;

function shell(line: string): { status: number | null; stderr: string } {
  rmSync(model, { force: true });
  const { status, stderr } = spawnSync('bash', ['-c', line], { cwd: folder, encoding: 'utf8' });
  return { status, stderr };
}

test('whoever reads along may go, and the disk of the log may be full: the model is the same', () => {
  const plain = shell(`${train} 2> /dev/null > /dev/null`);
  assert.equal(plain.status, 0);
  const bytes = readFileSync(model);
  for (const line of [
    `set -o pipefail; ${train} 2>&1 | head -1`,
    `${train} 2> >(head -3 > /dev/null)`,
    `${train} 2> /dev/full`,
  ]) {
    const { status, stderr } = shell(line);
    assert.equal(status, 0, `${line}\n${stderr}`);
    assert.deepEqual(readFileSync(model), bytes, line);
  }
});

test('a result that stdout could not take is told at the end, when everything else is done', () => {
  const { status, stderr } = shell(`${train} --json > /dev/full`);
  assert.equal(status, 1);
  assert.match(stderr, /error: cannot write stdout: the disk is full\n$/);
  assert.doesNotMatch(stderr, /fault of latentcv|at .*\.js/);
  assert.ok(existsSync(model));
});

test('a column that stands among the files is told as that', () => {
  const { code, stderr } = runCli(['fes', 'COLVAR', '--cv', 'd1', 'd2', '--temperature', '300'], {
    cwd: folder,
  });
  assert.equal(code, 2);
  assert.match(
    stderr,
    /cannot read d2: there is no such file\nhint: several columns have commas between them: d1,d2/,
  );
});
