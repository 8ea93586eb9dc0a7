import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exampleFolder } from '../../campaign/example-plan.js';
import { latentcv } from '../../latentcv.js';
import type { MethodSystem, Question } from '../system.js';

interface Budget {
  /** Steps of 0.01 τ. */
  hot: number;
  pilot: number;
  production: number;
}

const budget = (quick: boolean): Budget =>
  quick
    ? { hot: 300_000, pilot: 20_000, production: 100_000 }
    : { hot: 600_000, pilot: 100_000, production: 1_000_000 };

/** 0 in the hexagon, 1 in the others, negative in none of the four. */
const known = 'known: CUSTOM ARG=state FUNC=step(x-0.5)-step(-0.5-x) PERIODIC=NO\n';

const example = 'lennard-jones-7';

/** Parallel tempering with the example's own program, without a CV: standard errors. */
function references(): [value: number, error: number][] {
  const path = join(exampleFolder(example), 'expected.json');
  const { structures } = JSON.parse(readFileSync(path, 'utf8')) as {
    structures: { tempering: [number, number] }[];
  };
  return structures.map(({ tempering }) => tempering);
}

/** F of one of the other structures above the hexagon. */
const question = (k: number, [reference, referenceError]: [number, number]): Question => ({
  name: `c${k}`,
  column: 'state',
  bins: true,
  basin: `state=${k - 0.5}..${k + 0.5}`,
  basinA: 'state=-0.5..0.5',
  cores: { a: [-0.5, 0.5], b: [0.5, 3.5] },
  reference,
  referenceError,
});

/** Seven Lennard-Jones atoms in a plane, whose CVs do not know which atom is which. */
export const lennardJones: MethodSystem = {
  name: 'lennard-jones-7',
  unit: 'ε',
  told(quick) {
    const { hot, pilot, production } = budget(quick);
    return (
      `Seven Lennard-Jones atoms in a plane in LAMMPS, sorted distances. Learned from ${hot} steps at kT = 0.2 ε, labels by the structures (by the hexagon and ` +
      `the others where a method takes two); two CVs, all biased at kT = 0.1 (OPES, BARRIER=2): pilots of 2 × ${pilot} steps, a run of ${production}. ` +
      'F(c1, c2, c3) − F(c0) in ε by parallel tempering without a CV (examples/lennard-jones-7/expected.json).'
    );
  },
  prepare({ folder, quick }) {
    const plan = budget(quick);
    mkdirSync(folder, { recursive: true });
    copyFileSync(join(exampleFolder(example), 'in.lammps'), join(folder, 'in.lammps'));
    const input = readFileSync(join(exampleFolder(example), 'plumed.dat'), 'utf8');
    writeFileSync(join(folder, 'plumed.dat'), input + known);
    writeFileSync(join(folder, 'hot.dat'), `${input}${known}PRINT ARG=state,known STRIDE=20 FILE=COLVAR\n`);
    const run = (kt: number, seed: string, steps: number, every: number): string[] => [
      ...['--engine', 'lammps', '--lammps', 'in.lammps'],
      ...['--variables', `kt=${kt},seed=${seed},steps=${steps},every=${every}`],
    ];
    latentcv(
      ['run', ...run(0.2, '1', plan.hot, 20), '--plumed', 'hot.dat', '--folder', 'hot', '--json'],
      folder,
    );
    const reading = ['--per-nanometre', '1', '--timestep', '0.01'];
    return Promise.resolve({
      frames: ['hot/traj.lammpstrj', '--weights-from', 'hot/COLVAR', '--bias', 'none', ...reading],
      learning: ['--descriptors', 'sorted-distances all', '--lag', '2'],
      latent: 2,
      labels: { two: 'known', all: 'state' },
      known: 'known',
      input: 'plumed.dat',
      also: ['mu2', 'mu3', 'state'],
      bias: ['--kt', '0.1', '--barrier', '2', '--pace', '200', '--adaptive-sigma', '--stride', '50'],
      firstAlone: false,
      // LAMMPS's seeds are in its script: one for each replica by its number
      pilots: (seeds) =>
        Promise.resolve([
          ...run(0.1, `${seeds[0]}{replica}`, plan.pilot, plan.pilot),
          ...['--replicas', String(seeds.length), '--parallel', '1'],
        ]),
      production: ([seed]) => Promise.resolve(run(0.1, String(seed), plan.production, plan.production)),
      questions: references().map((reference, k) => question(k + 1, reference)),
    });
  },
};
