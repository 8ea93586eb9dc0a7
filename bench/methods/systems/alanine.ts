import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findGromacs } from '../../../src/programs/index.js';
import { prepareAlanine } from '../../../src/quickstart/systems/index.js';
import { latentcv } from '../../latentcv.js';
import type { MethodSystem } from '../system.js';

interface Budget {
  /** ns */
  hot: number;
  pilot: number;
  production: number;
}

const budget = (quick: boolean): Budget =>
  quick ? { hot: 3, pilot: 0.05, production: 0.2 } : { hot: 5, pilot: 0.4, production: 5 };

/** One frame in 0.5 ps. */
const stride = 250;
const torsions = 'phi: TORSION ATOMS=5,7,9,15\npsi: TORSION ATOMS=7,9,15,17\n';
/** 0 in C7eq, 1 in C7ax, −1 between their cores. */
const known = 'known: CUSTOM ARG=phi FUNC=step(x-0.5)*step(1.7-x)*2+step(x+2.8)*step(-0.6-x)-1 PERIODIC=NO\n';

/** Heavy atoms: what is learned from are the distances between them, which stand in the table beside what tells the states. */
const heavy = [1, 5, 6, 7, 9, 11, 15, 16, 17, 19];
const pairs = heavy.flatMap((first, i) => heavy.slice(i + 1).map((second) => [first, second] as const));
const distances = pairs.map(([i, j]) => `d_${i}_${j}: DISTANCE ATOMS=${i},${j}\n`).join('');
const printed = ['phi', 'psi', 'known', ...pairs.map(([i, j]) => `d_${i}_${j}`)];

const hotRuns = ['hot/replica-0', 'hot/replica-1'];

/** Makes a GROMACS input where it is not there. */
type Prepare = (name: string, temperature: number, nanoseconds: number, seed: number) => Promise<string>;

async function preparing(folder: string): Promise<Prepare> {
  const gromacs = await findGromacs();
  return async (name, temperature, nanoseconds, seed) => {
    const system = join(folder, name);
    const tpr = join(system, 'topol.tpr');
    const run = { temperature, nanoseconds, seed, framesEvery: stride, keepTrans: true };
    if (!existsSync(tpr)) await prepareAlanine({ gromacs: gromacs.executable, folder: system, ...run });
    return tpr;
  };
}

/** Alanine dipeptide in vacuum, all bonds constrained. */
export const alanine: MethodSystem = {
  name: 'alanine',
  unit: 'kJ/mol',
  told(quick) {
    const { hot, pilot, production } = budget(quick);
    return (
      `Alanine dipeptide in vacuum (AMBER99SB-ILDN, all bonds constrained) in GROMACS, 45 distances between heavy atoms. Learned from 2 × ${hot} ns at 600 K, labels by ` +
      `the cores of φ; two CVs, the first of them biased at 300 K (OPES, BARRIER=40): pilots of 2 × ${pilot} ns, a run of ${production} ns. ΔF(C7ax − C7eq) in kJ/mol: ` +
      'Invernizzi & Parrinello 2020, doi:10.1021/acs.jpclett.0c00497 (OPES on φ, ψ).'
    );
  },
  async prepare({ folder, quick }) {
    const plan = budget(quick);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'torsions.dat'), torsions);
    writeFileSync(
      join(folder, 'hot.dat'),
      `${torsions}${known}${distances}PRINT ARG=${printed.join(',')} FILE=COLVAR STRIDE=${stride}\n`,
    );
    const prepared = await preparing(folder);
    const hot: string[] = [];
    for (const seed of [1, 2]) hot.push(await prepared(`hot-${seed}-system`, 600, plan.hot, seed));
    latentcv(['run', '--tpr', ...hot, '--plumed', 'hot.dat', '--folder', 'hot', '--json'], folder);
    const inputs = (length: number) => async (seeds: readonly number[]) => {
      const tprs: string[] = [];
      for (const seed of seeds) tprs.push(await prepared(`run-${length}-${seed}`, 300, length, seed));
      return ['--tpr', ...tprs, '--parallel', '1'];
    };
    return {
      frames: hotRuns.map((run) => join(run, 'COLVAR')),
      learning: ['--plumed', 'hot.dat', '--columns', 'd_*', '--lag', '10ps'],
      latent: 2,
      labels: { two: 'known', all: 'known' },
      known: 'known',
      input: 'torsions.dat',
      also: ['phi', 'psi'],
      bias: ['--temperature', '300', '--barrier', '40', '--adaptive-sigma', '--stride', String(stride)],
      firstAlone: true,
      pilots: inputs(plan.pilot),
      production: inputs(plan.production),
      questions: [
        {
          column: 'phi',
          basin: 'phi=0..2.3',
          cores: { a: [-2.8, -0.6], b: [0.5, 1.7] },
          deep: { a: [-2.8, -1.2], b: [0.5, 1.7] },
          every: 0.5,
          reference: 9.97,
          referenceError: 0.23,
        },
      ],
    };
  },
};
