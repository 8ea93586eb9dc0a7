import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { parseLammpsLog } from '../../../src/campaign/sampled-windows/lammps-log.js';
import { potentialEnergy } from '../../../src/campaign/sampled-windows/potential-energy.js';
import { readColumns, type FrameColumns } from '../../../src/frames/index.js';
import { parsePlumedInput } from '../../../src/plumed/index.js';
import { findLammps, findPlumed } from '../../../src/programs/index.js';
import { lammpsEngine } from '../../../src/programs/engines/index.js';
import { fileConditions } from '../../../src/sampling/index.js';
import { chainData } from '../../faults/systems.js';
import { temporaryFolder } from '../../temporary-folder.js';

const lammps = await findLammps().catch(() => undefined);
const works = lammps !== undefined && (lammps.plumed || lammps.plumedPlugin !== undefined);
const skip = works ? false : 'no LAMMPS with fix plumed on this machine';
const close = (actual: number, expected: number, within: number): void =>
  assert.ok(Math.abs(actual - expected) < within, `${actual}, not ${expected}`);

/** Five atoms in a chain, whose forces and random numbers are the same each time. */
const chain = (...more: string[]): string => `units real
atom_style angle
bond_style harmonic
angle_style harmonic
pair_style lj/cut 15
special_bonds lj 0 0 1
read_data chain.data
bond_coeff 1 200 1.5
angle_coeff 1 60 110
pair_coeff 1 1 0.2 3.2
velocity all create 300 4711
timestep 1
fix integrate all nve
fix bias all plumed plumedfile plumed.dat outfile plumed.log
fix bath all langevin 300 300 200 4711
thermo 10
${more.join('\n')}
run 100
`;
const restrained = [
  'phi: TORSION ATOMS=1,2,3,4',
  'r: RESTRAINT ARG=phi AT=1 KAPPA=200',
  'PRINT ARG=phi,r.bias STRIDE=1 FILE=COLVAR FMT=%.9f',
  '',
].join('\n');
const digitsOf = (columns: string): string[] => [
  `thermo_style custom step ${columns}`,
  'thermo_modify format float %.9f',
];

/** A run by that script, as `latentcv run` makes it; its folder. */
async function run(script: string, input = restrained): Promise<string> {
  const cwd = temporaryFolder('lammps-log');
  const plumedFile = join(cwd, 'plumed.dat');
  writeFileSync(plumedFile, input);
  writeFileSync(join(cwd, 'chain.data'), chainData);
  const engine = lammpsEngine({
    lammps: lammps!,
    scripts: [{ text: script, path: join(cwd, 'in.lammps') }],
  });
  engine.expectInput(parsePlumedInput(input, plumedFile));
  const [replica] = await engine.runs();
  await replica.start({
    ...{ plumed: await findPlumed(), cwd, plumedFile, checkpointMinutes: 15 },
    signal: new AbortController().signal,
    onProgress: () => undefined,
    onNote: () => undefined,
  });
  return cwd;
}
const logOf = (folder: string) => {
  const path = join(folder, 'log.lammps');
  return parseLammpsLog(readFileSync(path, 'utf8'), path);
};

test(
  'the potential energy of a biased run is without the bias, by whichever columns tell it',
  { skip },
  async () => {
    const all = digitsOf('pe f_bias epair emol');
    const without = logOf(await run(chain('fix_modify bias energy no', ...digitsOf('pe'))));
    assert.equal(without.by, undefined);
    assert.equal(without.time.length, 11);
    close(without.time[3], 0.03, 1e-12);
    const biased = await run(chain(...all));
    const lessBias = logOf(biased);
    assert.match(lessBias.by!, /^PotEng less f_bias/);
    // the default style has no PotEng, and fewer digits
    const parts = logOf(await run(chain()));
    assert.equal(parts.by, 'E_pair and E_mol');
    without.potential.forEach((energy, i) => {
      close(lessBias.potential[i], energy, 1e-6);
      close(parts.potential[i], energy, 1e-3);
    });

    // what LAMMPS adds to PotEng is the bias of the step before, so that no printed bias can be taken off
    const rows = [
      ...readFileSync(join(biased, 'log.lammps'), 'utf8').matchAll(/^ +(\d+) +([\d.-]+) +([\d.]+) /gm),
    ];
    assert.equal(rows.length, 11);
    const printed = (await readColumns(join(biased, 'COLVAR'))).values('r.bias');
    for (const [, step, energy, bias] of rows.slice(1)) {
      close(4.184 * Number(bias), printed[Number(step) - 1], 1e-5);
      assert.ok(Math.abs(4.184 * Number(bias) - printed[Number(step)]) > 0.1, step);
      close(4.184 * Number(energy), without.potential[Number(step) / 10] + printed[Number(step) - 1], 1e-5);
    }
    const alone = await run(chain('thermo_style custom step pe'));
    assert.throws(() => logOf(alone), {
      code: 'bad-data',
      message:
        /expected the potential energy without the bias .* to which fix bias adds the bias of the step before/,
      hint: /‘fix_modify bias energy no’/,
    });
    const walled = ['fix wall all wall/reflect xlo EDGE', 'fix_modify wall energy yes'];
    const other = readFileSync(join(biased, 'log.lammps'), 'utf8').replace(/PotEng +f_bias/, 'Temp Volume');
    assert.throws(() => parseLammpsLog(`${walled.join('\n')}\n${other}`, 'log'), {
      message: /expected PotEng, which holds the energy of fix wall,/,
    });
  },
);

/** Three atoms in natural units, in which thermo tells energies per atom unless told otherwise. */
const triangle = (...more: string[]): string => `units lj
atom_style atomic
region box block -20 20 -20 20 -20 20
create_box 1 box
create_atoms 1 single 0 0 0
create_atoms 1 single 1.12 0 0
create_atoms 1 single 0.56 0.97 0
mass 1 1
pair_style lj/cut 10
pair_coeff 1 1 1 1
velocity all create 0.1 4711
fix integrate all nve
fix bias all plumed plumedfile plumed.dat outfile plumed.log
fix heat all langevin 0.1 0.1 0.5 4712
thermo 10
${more.join('\n')}
run 50
`;
const distant = (...more: string[]): string =>
  [
    'UNITS NATURAL',
    'd: DISTANCE ATOMS=1,2',
    'r: RESTRAINT ARG=d AT=1.5 KAPPA=20',
    ...more,
    'PRINT ARG=* STRIDE=1 FILE=COLVAR FMT=%.9f',
    '',
  ].join('\n');

test(
  'energies per atom are those of all atoms, and the same as PLUMED’s ENERGY where that is named',
  { skip },
  async () => {
    const whole = await run(triangle(...digitsOf('pe'), 'thermo_modify norm no'), distant('e: ENERGY'));
    const perAtom = logOf(await run(triangle(...digitsOf('pe f_bias')), distant()));
    const { potential, time } = logOf(whole);
    // the time step that natural units have where none is said
    close(time[5], 0.25, 1e-12);
    potential.forEach((energy, i) => close(perAtom.potential[i], energy, 1e-7));

    const path = join(whole, 'COLVAR');
    const dataset = await readColumns(path);
    const windowOf = (folder: string) => {
      const input = join(folder, 'plumed.dat');
      const plumed = parsePlumedInput(readFileSync(input, 'utf8'), input);
      const file = { path: join(folder, 'COLVAR'), input };
      const [conditions] = fileConditions([file], { kT: 0.1 });
      const labels = ['d', 'r.bias', 'e'];
      return { run: { ...conditions, name: 'w', labels, plumed, onSurface: false }, biases: [] };
    };
    const energies = (folder: string, frames: FrameColumns, file: string) =>
      potentialEnergy([windowOf(folder)], frames, { files: [join(folder, file)] });
    const [byTable, byLog] = [
      await energies(whole, dataset, 'COLVAR'),
      await energies(whole, dataset, 'log.lammps'),
    ];
    assert.equal(byTable.potential.length, 51);
    assert.equal(byLog.potential.length, 6);
    byLog.potential.forEach((energy, i) => close(energy, byTable.potential[10 * i], 1e-7));
    assert.match(byTable.notes[0], /51 of 51 frames is told by .*COLVAR \(e, PLUMED’s ENERGY\)/);

    // as a run of another’s that adds the bias, and as GROMACS leaves it
    const log = join(whole, 'log.lammps');
    writeFileSync(log, readFileSync(log, 'utf8').replace(/^fix_modify.*$/m, ''));
    await assert.rejects(energies(whole, dataset, 'COLVAR'), {
      message: /adds that of the step before to e/,
    });
    const zeros = temporaryFolder('zeros');
    writeFileSync(join(zeros, 'plumed.dat'), distant('e: ENERGY'));
    writeFileSync(
      join(zeros, 'COLVAR'),
      ['#! FIELDS time d r.bias e', ...[0, 1, 2].map((i) => `${i} 1.5 0 0.000000`), ''].join('\n'),
    );
    await assert.rejects(energies(zeros, await readColumns(join(zeros, 'COLVAR')), 'COLVAR'), {
      code: 'bad-data',
      message: /COLVAR but all are 0/,
      hint: /GROMACS leaves PLUMED’s ENERGY 0/,
    });
  },
);
