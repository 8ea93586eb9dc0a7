import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { readTables } from '../../src/frames/index.js';
import { runProgram } from '../../src/programs/run-program.js';
import { cacheFolder } from '../../src/support/folders.js';
import { temporaryFolder } from '../temporary-folder.js';
import { chainDescriptors, deviation, restrained } from './energy-drift.js';
import { saveRandomModel } from './mixed-model.js';
import { buildPlugin, findPlumed } from '../../src/programs/index.js';

const plumed = await findPlumed();
const lammps = join(cacheFolder(), 'lammps');
const skip = existsSync(join(lammps, 'lmp')) ? false : 'no LAMMPS with fix plumed on this machine';
const model = join(temporaryFolder('energy'), 'model.onnx');
const set = chainDescriptors([1, 2, 3, 4, 5]);
await saveRandomModel(model, set);
/** Length of the runs (before an angle of the chain opens to π, where it has a cusp), and how often energies are written, in fs. */
const [length, between] = [160, 4];

/** Five carbon atoms in a bent chain with harmonic bonds: LAMMPS computes in double. Units: Å, fs, kcal/mol. */
const chain = `
5 atoms
4 bonds
1 atom types
1 bond types
-20 20 xlo xhi
-20 20 ylo yhi
-20 20 zlo zhi

Masses

1 12

Atoms

1 1 1 0 0 0
2 1 1 1.5 0.1 0
3 1 1 2.1 1.5 0.2
4 1 1 3.6 1.6 0.6
5 1 1 4.1 2.3 1.8

Bonds

1 1 1 2
2 1 2 3
3 1 3 4
4 1 4 5
`;

const script = (step: number): string => `
plugin load ${join(lammps, 'plumedplugin.so')}
units real
atom_style bond
bond_style harmonic
pair_style lj/cut 15
special_bonds lj 0 1 1
read_data chain.data
bond_coeff 1 200 1.5
pair_coeff 1 1 0.2 2.2
velocity all create 300 4711
timestep ${step}
fix integrate all nve
fix bias all plumed plumedfile plumed.dat outfile plumed.log
# its energy is added by hand: LAMMPS does not count it at step 0
fix_modify bias energy no
thermo ${between / step}
thermo_style custom step etotal
thermo_modify format float %.12f
run ${length / step}
`;

/** Deviation of the total energy with the bias in it, kJ/mol; `excess` makes the bias forces wrong. */
async function deviationAt(step: number, excess = 0): Promise<number> {
  const cwd = temporaryFolder('nve');
  const { path } = await buildPlugin(plumed);
  writeFileSync(join(cwd, 'chain.data'), chain);
  writeFileSync(
    join(cwd, 'plumed.dat'),
    restrained({ plugin: path, model, atoms: set.atoms, kappa: 5, excess, stride: between / step }),
  );
  writeFileSync(join(cwd, 'in.lammps'), script(step));
  const logPath = join(cwd, 'lammps.log');
  const args = ['-in', 'in.lammps', '-screen', 'none'];
  await runProgram({
    command: join(lammps, 'lmp'),
    args,
    cwd,
    env: { PLUMED_KERNEL: plumed.kernel },
    logPath,
  });
  const table = readFileSync(join(cwd, 'log.lammps'), 'utf8');
  const energies = [...table.matchAll(/^ +\d+ +(-?\d+\.\d{12})\s*$/gm)].map(
    ([, energy]) => 4.184 * Number(energy),
  );
  const bias = (await readTables(join(cwd, 'COLVAR'), { columns: ['counted.bias'] })).data;
  assert.equal(bias.length, energies.length);
  return deviation(energies.map((energy, i) => energy + bias[i]));
}

// The next order is (ω dt)² smaller: 0.7 % at 0.5 fs for the bonds' ω of 0.17 / fs.
test('LAMMPS at constant energy: half the time step, a quarter of the deviation', { skip }, async () => {
  const [coarse, fine] = [await deviationAt(0.5), await deviationAt(0.25)];
  assert.ok(Math.abs(coarse / fine - 4) < 0.04, `${coarse} and ${fine} kJ/mol`);
});

test('it tells: forces 5 % too strong for the bias do work at any time step', { skip }, async () => {
  const [coarse, fine] = [await deviationAt(0.5, 0.05), await deviationAt(0.25, 0.05)];
  assert.ok(coarse / fine < 1.1 && fine > 0.1, `${coarse} and ${fine} kJ/mol`);
});
