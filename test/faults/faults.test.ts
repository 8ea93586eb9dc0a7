import assert from 'node:assert/strict';
import { test } from 'node:test';
import { temporaryFolder } from '../temporary-folder.js';
import { faultsOf } from './matrix.js';
import { alanineInGromacs } from './systems.js';

/** The short form of `npm run test:faults`: each bias once, killed three times at instants of a new seed. */
const seed = Number(process.env.LATENTCV_FAULTS_SEED ?? Math.floor(Math.random() * 2 ** 31));
const folder = temporaryFolder('faults');
const gromacs = await alanineInGromacs(folder);

if (!gromacs) test('faults in GROMACS', { skip: 'no GROMACS with -plumed on this machine' });
else {
  for (const [number, fault] of faultsOf(gromacs, { long: false, seed }).entries()) {
    test(fault.name, { skip: fault.skip ?? false }, async (t) => {
      const { problems, note } = await fault.run(`${folder}/${number}`);
      t.diagnostic(`${fault.name}: ${note}`);
      assert.deepEqual(problems, [], `LATENTCV_FAULTS_SEED=${seed}`);
    });
  }
}
