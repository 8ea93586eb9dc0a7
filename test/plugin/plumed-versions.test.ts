import assert from 'node:assert/strict';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { runProgram } from '../../src/programs/run-program.js';
import { packageRoot } from '../../src/support/folders.js';
import { drive, plugin, plumed, runFolder } from './driver.js';

const regtest = (): Promise<string> =>
  runFolder(join(packageRoot(), 'plumed-plugin', 'regtest', 'rt-atoms-orthorhombic'));

it('a plugin that was compiled for another PLUMED stops the run and says what to do', async () => {
  const folder = await regtest();
  const library = await readFile(plugin.path);
  // the version that stands in the library, one digit another
  const marker = `latentcv compiled for PLUMED 2.${plumed.version[1]}`;
  const at = library.indexOf(marker);
  assert.ok(at > 0);
  library[at + marker.indexOf('2.')] = '1'.charCodeAt(0);
  await rm(join(folder, 'libLatentcvPlumed.so'));
  await writeFile(join(folder, 'libLatentcvPlumed.so'), library);
  await assert.rejects(
    drive(folder, 'cv: ONNX_MODEL FILE=model.onnx ATOMS=2,3,5,6'),
    /expected latentcv's plugin for PLUMED 2\.\d+\.\S+ but this one was compiled for PLUMED 1\.\S+: run `latentcv plumed` again with this PLUMED, or `latentcv plugin` and write the path that it prints into LOAD/,
  );
});

describe('one directive has two classes', () => {
  const skip = plumed.version[1] > 9 && "since 2.10 PLUMED's manual knows no loaded action";
  it('and one template, with the keywords of both', { skip }, async () => {
    const cwd = await regtest();
    const words = 'gentemplate --action ONNX_MODEL --include-optional';
    const args = ['--no-mpi', '--load', './libLatentcvPlumed.so', ...words.split(' ')];
    const logPath = join(cwd, 'template');
    await runProgram({ command: plumed.executable, args, cwd, env: plumed.env, logPath });
    const template = await readFile(logPath, 'utf8');
    for (const keyword of ['FILE', 'ATOMS', 'ARG', 'PRECISION', 'NAMES', 'LABELS', 'OUTSIDE', 'NL_STRIDE'])
      assert.match(template, new RegExp(`\\b${keyword}\\b`), keyword);
  });

  it('and each writes itself to the log', async () => {
    const log = await drive(
      await regtest(),
      'cv: ONNX_MODEL FILE=model.onnx ATOMS=2,3,5,6\nd: DISTANCE ATOMS=1,2\n',
    );
    assert.match(log, /Action ONNX_MODEL\n(.*from library.*\n)?.*with label cv\n/);
  });
});
