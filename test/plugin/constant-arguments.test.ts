import assert from 'node:assert/strict';
import { join } from 'node:path';
import { it } from 'node:test';
import { packageRoot } from '../../src/support/folders.js';
import { drive, readNumbers, runFolder, skipVectors } from './driver.js';

// PLUMED calculates an action whose arguments are all constants while it reads its input, and never again.
it('constants as arguments', { skip: skipVectors }, async () => {
  const folder = await runFolder(join(packageRoot(), 'plumed-plugin', 'regtest', 'rt-arg-vector'));
  const input = [
    'd: DISTANCE ATOMS1=2,3 ATOMS2=2,5 ATOMS3=3,6',
    'cv: ONNX_MODEL FILE=model.onnx ARG=d',
    'PRINT ARG=d,cv.node-0,cv.node-1 FILE=COLVAR FMT=%.15f',
  ].join('\n');
  const trajectory = join(folder, 'traj.xyz');
  await drive(folder, input, { trajectory });
  const [[, ...first]] = await readNumbers(join(folder, 'COLVAR'));
  const [distances, cvs] = [first.slice(0, 3), first.slice(3)];

  const constant = input.replace(/^d: .*$/m, `d: CONSTANT VALUES=${distances.join(',')}`);
  const log = await drive(folder, constant.replace('ARG=d\n', 'ARG=d LABELS=ignore\n'), { trajectory });
  assert.match(log, /values stored by this action are computed during startup/);
  for (const [, ...row] of await readNumbers(join(folder, 'COLVAR')))
    row.slice(3).forEach((cv, i) => assert.ok(Math.abs(cv - cvs[i]) < 1e-13, `${cv}, not ${cvs[i]}`));
});
