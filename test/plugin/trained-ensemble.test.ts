import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { trainFromTables } from '../../src/campaign/index.js';
import { writeTable } from '../../src/frames/index.js';
import { loadNativeModel } from '../../src/native/index.js';
import { dataset, normals, twoStates } from '../diagnostics/synthetic.js';
import { drive, readNumbers, runFolder } from './driver.js';

test('a trained ensemble gives its CV and its uncertainty in PLUMED, and is biased by both', async () => {
  const folder = await runFolder();
  const frames = 600;
  const jumps = twoStates(frames, 0.05, 0.05, 2);
  const columns = [1, 2, 3].map((seed) =>
    normals(frames, seed).map((v, i) => 0.5 + 0.3 * jumps[i] + 0.1 * v),
  );
  const colvar = join(folder, 'COLVAR_training');
  const output = join(folder, 'ensemble.onnx');
  await writeTable(colvar, dataset(['d1', 'd2', 'd3'], columns));
  const training = { hidden: [6], latent: 1, lag: 2, batch: 128, epochs: 3 };
  await trainFromTables({ files: [colvar], output, training, ensemble: 3 });
  const log = await drive(
    folder,
    `d1: DISTANCE ATOMS=1,2
d2: DISTANCE ATOMS=2,3
d3: DISTANCE ATOMS=3,5
cv: ONNX_MODEL FILE=ensemble.onnx ARG=d1,d2,d3 UNCERTAINTY
wall: UPPER_WALLS ARG=cv.uncertainty,cv.node-0 AT=0,0 KAPPA=10,1
PRINT ARG=d1,d2,d3,cv.node-0,cv.uncertainty FILE=COLVAR FMT=%.12g`,
  );
  // the papers of the method, in PLUMED's own list
  const [, numbers] = /^PLUMED: +Bibliography ((?:\[\d+\])+)$/m.exec(log)!;
  assert.match(
    log,
    new RegExp(`\\${numbers.split(']')[1]}\\] Wu & Noé 2020, doi:10\\.1007/s00332-019-09567-y`),
  );
  const native = loadNativeModel(output);
  const rows = await readNumbers(join(folder, 'COLVAR'));
  assert.equal(rows.length, 3);
  for (const [, d1, d2, d3, cv, uncertainty] of rows) {
    const expected = native.evaluateWithJacobian(Float64Array.of(d1, d2, d3));
    assert.ok(Math.abs(cv - expected.cv[0]) < 1e-9, `${cv} for ${expected.cv[0]}`);
    assert.ok(uncertainty > 0 && Math.abs(uncertainty - expected.uncertainty![0]) < 1e-9);
  }
});
