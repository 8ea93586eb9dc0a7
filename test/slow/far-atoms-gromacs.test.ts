import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import {
  descriptorLabels,
  descriptorSet,
  pointSerial,
  type SwitchingFunction,
} from '../../src/descriptors/index.js';
import { readTables } from '../../src/frames/index.js';
import { descriptorStatements } from '../../src/plumed/index.js';
import { buildPlugin, findGromacs, findPlumed, runMdrun } from '../../src/programs/index.js';
import { runProgram } from '../../src/programs/run-program.js';
import { saveIdentity } from '../plugin/identity-model.js';
import { temporaryFolder } from '../temporary-folder.js';

const gromacs = await findGromacs();
const plumed = await findPlumed();
const cwd = temporaryFolder('water');
const steps = 1200;

const mdp = `
integrator = md
dt = 0.002
nsteps = -1
cutoff-scheme = Verlet
coulombtype = reaction-field
epsilon-rf = 0
rcoulomb = 0.9
rvdw = 0.9
tcoupl = v-rescale
tc-grps = System
tau-t = 0.1
ref-t = 350
pcoupl = C-rescale
tau-p = 1
ref-p = 1
compressibility = 4.5e-5
gen-vel = yes
gen-temp = 350
gen-seed = 11
constraints = none
nstlog = 0
`;

const top = `#include "oplsaa.ff/forcefield.itp"
#include "oplsaa.ff/spc.itp"
[ system ]
water
[ molecules ]
`;

const gmx = (words: string): Promise<unknown> =>
  runProgram({
    command: gromacs.executable,
    args: ['-quiet', '-nobackup', ...words.split(' ')],
    cwd,
    logPath: join(cwd, `${words.split(' ')[0]}.log`),
  });

/** A box of water, hot and under pressure; returns how many molecules. */
async function prepare(): Promise<number> {
  writeFileSync(join(cwd, 'topol.top'), top);
  writeFileSync(join(cwd, 'run.mdp'), mdp);
  await gmx('solvate -cs spc216.gro -box 3.2 -o water.gro');
  const atoms = Number(readFileSync(join(cwd, 'water.gro'), 'utf8').split('\n')[1]);
  writeFileSync(join(cwd, 'topol.top'), `${top}SOL ${atoms / 3}\n`);
  await gmx('grompp -f run.mdp -c water.gro -p topol.top -o run.tpr -maxwarn 2');
  return atoms / 3;
}

test('in water that GROMACS moves, what comes near of the far atoms is what PLUMED sees of all, and few looks are needed', async () => {
  const waters = await prepare();
  assert.ok(waters > 1000, `${waters} waters`);
  const switching: SwitchingFunction = { form: 'rational', r0: 0.3, d0: 0, nn: 6, mm: 12, dmax: 0.6 };
  const partners = Array.from({ length: waters - 2 }, (_, i) => 7 + 3 * i);
  const set = descriptorSet(
    [
      { kind: 'coordination', atoms: [1], partners, switching },
      { kind: 'coordination', atoms: [pointSerial(0)], partners, switching: { ...switching, dmax: 0.5 } },
      { kind: 'distance', atoms: [1, 4] },
    ],
    { points: [{ kind: 'centre', atoms: [4, 5, 6] }] },
  );
  const labels = descriptorLabels(set);
  const columns = labels.flatMap((label, i) => [`cv.node-${i}`, label]);
  await saveIdentity(join(cwd, 'model.onnx'), set);
  const { path } = await buildPlugin(plumed);
  const input = [
    `LOAD FILE={${path}}`,
    `cv: ONNX_MODEL FILE=model.onnx ATOMS=${set.atoms.join(',')}`,
    ...descriptorStatements(set),
    'RESTRAINT ARG=cv.node-0,cv.node-1 AT=4,6 KAPPA=20,20',
    `PRINT ARG=${columns.join(',')} FILE=COLVAR FMT=%.12g`,
  ];
  const plumedFile = join(cwd, 'plumed.dat');
  writeFileSync(plumedFile, input.join('\n') + '\n');
  await runMdrun({ gromacs, plumed, cwd, tpr: join(cwd, 'run.tpr'), plumedFile, steps });
  const [, looks, seen] = /requested at (\d+) of (\d+) steps/.exec(
    readFileSync(join(cwd, 'PLUMED.OUT'), 'utf8') + readFileSync(join(cwd, 'mdrun.log'), 'utf8'),
  )!;
  assert.equal(Number(seen), steps + 1);
  assert.ok(Number(looks) < steps / 10, looks);
  const { data } = await readTables(join(cwd, 'COLVAR'), { columns });
  const rows = data.length / columns.length;
  assert.equal(rows, steps + 1);
  const spread = labels.map((label, i) => {
    const values = Array.from({ length: rows }, (_, step) => {
      const [ours, theirs] = [0, 1].map((each) => data[step * columns.length + 2 * i + each]);
      assert.ok(
        Math.abs(ours - theirs) <= 1e-9 * Math.max(1, Math.abs(theirs)),
        `step ${step}, ${label}: ${ours}, not ${theirs}`,
      );
      return ours;
    });
    return Math.max(...values) - Math.min(...values);
  });
  assert.ok(spread[0] > 1 && spread[1] > 1, spread.join(' '));
});
