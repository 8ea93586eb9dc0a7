import assert from 'node:assert/strict';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { temporaryFolder } from '../temporary-folder.js';
import { faultsOf, type Fault } from './matrix.js';
import { alanineInGromacs, chainInLammps } from './systems.js';

/** The short form of `npm run test:faults`: each bias once, killed three times at instants of a new seed. */
const seed = Number(process.env.LATENTCV_FAULTS_SEED ?? Math.floor(Math.random() * 2 ** 31));
const folder = temporaryFolder('faults');
const engines = { GROMACS: await alanineInGromacs(folder), LAMMPS: await chainInLammps(folder) };

// most of a fault's time is start-up, which leaves a core free
suite('faults', { concurrency: 2 }, () => {
  for (const [name, system] of Object.entries(engines)) {
    if (!system) test(`faults in ${name}`, { skip: `no ${name} with PLUMED on this machine` });
    else for (const fault of faultsOf(system, { long: false, seed })) tryFault(fault);
  }
});

function tryFault({ name, skip, run }: Fault): void {
  test(name, { skip: skip ?? false }, async (t) => {
    const { problems, note } = await run(join(folder, name.replaceAll(/\W+/g, '-')));
    t.diagnostic(`${name}: ${note}`);
    assert.deepEqual(problems, [], `LATENTCV_FAULTS_SEED=${seed}`);
  });
}
