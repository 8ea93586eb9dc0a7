import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { loadModel } from '../../src/onnx/index.js';
import { temporaryFolder } from '../temporary-folder.js';
import { runExample } from './run-example.js';
import { findGromacs } from '../../src/programs/index.js';
import '../optimised-plumed.js';

const gromacs = await findGromacs().catch(() => undefined);
const skip = gromacs?.plumed ? false : 'no GROMACS with -plumed on this machine';

test(
  'from the trajectory of a peptide to a run that crosses between its states, and again at no cost',
  { skip },
  async () => {
    const folder = temporaryFolder('example-peptide');
    const { output, code } = await runExample('peptide', folder);
    assert.equal(code, 0, output);
    // the example ends with code 1 where one of them hardly crosses; an unbiased nanosecond does not cross at all. A
    // nanosecond may well leave ΔF undetermined
    for (const phi of ['phi1', 'phi2'])
      assert.match(output, new RegExp(`^${phi}: ΔF .*; \\d+ transitions$`, 'm'));
    const { metadata } = await loadModel(join(folder, 'model.onnx'));
    assert.equal(metadata?.descriptors?.items.length, 105);
    assert.deepEqual(metadata.descriptors.names?.slice(0, 2), ['ACE 1 CH3', 'ACE 1 C']);
    assert.ok(!existsSync(join(folder, 'COLVAR')), 'nothing was learned from a COLVAR');
    const again = await runExample('peptide', folder);
    assert.equal(again.code, 0, again.output);
    assert.match(again.output, /model\.onnx is there/);
  },
);
