import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findGromacs, findLammps } from '../../src/programs/index.js';
import { prepareAlanine } from '../../src/quickstart/systems/alanine-dipeptide.js';

/** A small system in an engine, ready to run. */
export interface SystemCase {
  name: string;
  /** Words of `latentcv run` that name engine and input, and so many steps. */
  words: (steps: number) => string[];
  /** Words behind `--` with which the engine's numbers are the same each time. */
  reproducible?: readonly string[];
  /** Statements of PLUMED that define `phi` and `psi`. */
  cvs: string;
  /** Time in COLVAR for a step. */
  timestep: number;
  /** Steps between two places where it can be stopped, and between rows of COLVAR: a checkpoint is at a multiple. */
  grid: number;
  /** Steps of a run that takes some seconds. */
  steps: number;
  /** The biases of the short form; where left out, all of them, and what is no kill. */
  short?: readonly string[];
}

/** Alanine dipeptide in vacuum, in GROMACS; undefined where there is none with -plumed. */
export async function alanineInGromacs(folder: string): Promise<SystemCase | undefined> {
  const gromacs = await findGromacs().catch(() => undefined);
  if (!gromacs?.plumed) return undefined;
  const system = join(folder, 'system');
  const tpr = join(system, 'topol.tpr');
  const run = { temperature: 300, nanoseconds: 1, seed: 7 };
  if (!existsSync(tpr)) await prepareAlanine({ gromacs: gromacs.executable, folder: system, ...run });
  return {
    name: 'GROMACS',
    words: (steps) => ['--tpr', tpr, '--length', `${steps * 0.002}ps`],
    reproducible: ['-reprod'],
    cvs: 'phi: TORSION ATOMS=5,7,9,15\npsi: TORSION ATOMS=7,9,15,17\n',
    timestep: 0.002,
    grid: 100,
    steps: 24_000,
  };
}

/** Five carbon atoms in a chain, with angles that stay away from π, where a torsion has no value. */
export const chainData = `five atoms

5 atoms
4 bonds
3 angles
1 atom types
1 bond types
1 angle types
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
5 1 1 4.1 2.9 1.3

Bonds

1 1 1 2
2 1 2 3
3 1 3 4
4 1 4 5

Angles

1 1 1 2 3
2 1 2 3 4
3 1 3 4 5
`;

const chainScript = (data: string, steps: number): string => `
units real
atom_style angle
bond_style harmonic
angle_style harmonic
pair_style lj/cut 15
special_bonds lj 0 0 1
read_data ${data}
bond_coeff 1 200 1.5
angle_coeff 1 60 110
pair_coeff 1 1 0.2 3.2
velocity all create 300 4711
timestep 1
fix integrate all nve
fix bath all langevin 300 300 200 4711
fix bias all plumed plumedfile plumed.dat outfile plumed.log
thermo 10000
run ${steps}
`;

/** A chain of five atoms in LAMMPS; undefined where there is none with fix plumed. */
export async function chainInLammps(folder: string): Promise<SystemCase | undefined> {
  const lammps = await findLammps().catch(() => undefined);
  if (!lammps || !(lammps.plumed || lammps.plumedPlugin !== undefined)) return undefined;
  const [data, script, steps] = [join(folder, 'chain.data'), join(folder, 'in.lammps'), 20_000];
  mkdirSync(folder, { recursive: true });
  writeFileSync(data, chainData);
  writeFileSync(script, chainScript(data, steps));
  return {
    name: 'LAMMPS',
    words: (length) => ['--lammps', script, '--length', `${length * 0.001}ps`],
    cvs: 'phi: TORSION ATOMS=1,2,3,4\npsi: TORSION ATOMS=2,3,4,5\n',
    timestep: 0.001,
    grid: 1,
    short: ['METAD', 'OPES_METAD'],
    steps,
  };
}

/** Those for which this machine has the engine. */
export async function systemsHere(folder: string): Promise<SystemCase[]> {
  const systems = [await alanineInGromacs(folder), await chainInLammps(folder)];
  return systems.filter((system) => system !== undefined);
}
