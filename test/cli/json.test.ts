import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { writeTable } from '../../src/frames/index.js';
import { temporaryFolder } from '../temporary-folder.js';
import { hiddenJumps } from '../training/data.js';
import { expectDocumented } from './documented-keys.js';
import { runCli } from './run-cli.js';

const folder = temporaryFolder('json');
const run = (...args: string[]): object => {
  const { stdout, stderr } = runCli([...args, '--json'], { cwd: folder });
  assert.notEqual(stdout, '', stderr);
  return JSON.parse(stdout) as object;
};

test('docs/json.md has the keys that commands print', async () => {
  await writeTable(join(folder, 'COLVAR'), hiddenJumps(500).dataset);
  const inputs = ['COLVAR', '--columns', 'd*', '--lag', '5ps', '--latent', '1'];
  expectDocumented('train', run('train', ...inputs, '--method', 'tica', '-o', 'model.onnx'));
  expectDocumented('inspect', run('inspect', 'model.onnx'));
  expectDocumented('inspect', run('inspect', 'model.onnx', 'COLVAR'));
  expectDocumented('predict', run('predict', 'model.onnx', 'COLVAR', '-o', 'CV'));
  const [row] = run('search', ...inputs, '--method', 'pca') as object[];
  expectDocumented('search', row);
  const fes = ['fes', 'CV', '--cv', 'node-0', '--temperature', '300', '--bias', 'none'];
  expectDocumented('fes', run(...fes));
  expectDocumented('fes', run(...fes, '--basin', 'node-0=0..1'));
  expectDocumented('setup', run('setup'));
  expectDocumented('doctor', run('doctor'));
});

test('a command that failed prints the error', () => {
  const failed = (...args: string[]) => {
    const { code, stdout } = runCli([...args, '--json'], { cwd: folder });
    const { error } = JSON.parse(stdout) as { error: { code: string; message: string; exitCode: number } };
    assert.equal(error.exitCode, code);
    return error;
  };
  const missing = failed('train', 'nowhere', '-o', 'none.onnx');
  assert.deepEqual(
    { ...missing, message: /nowhere/.test(missing.message) },
    { code: 'file-not-found', message: true, hint: null, exitCode: 2 },
  );
  assert.match(failed('train', 'COLVAR', '-o', 'none.onnx', '--lag', 'long').message, /for --lag/);
  const usage = failed('train', 'COLVAR', '-o', 'none.onnx', '--lags', '3');
  assert.deepEqual([usage.code, usage.exitCode], ['bad-argument', 2]);
  assert.match(usage.message, /^unknown option '--lags'$/);
});

test('--notes says what is being done beside the JSON', async () => {
  await writeTable(join(folder, 'COLVAR'), hiddenJumps(500).dataset);
  const words = [
    'train',
    'COLVAR',
    '--columns',
    'd*',
    '--lag',
    '5ps',
    '--method',
    'tica',
    '-o',
    'noted.onnx',
  ];
  const silent = runCli([...words, '--json'], { cwd: folder });
  const noted = runCli([...words, '--json', '--notes'], { cwd: folder });
  assert.match(noted.stderr, /method tica/);
  assert.equal(silent.stderr, '');
  assert.equal((JSON.parse(noted.stdout) as { output: string }).output, 'noted.onnx');
});
