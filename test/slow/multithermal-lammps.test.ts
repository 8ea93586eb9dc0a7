import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { readTables } from '../../src/frames/index.js';
import { parsePlumedInput } from '../../src/plumed/index.js';
import { findLammps, findPlumed } from '../../src/programs/index.js';
import { lammpsEngine } from '../../src/programs/engines/index.js';
import { temporaryFolder } from '../temporary-folder.js';
import '../optimised-plumed.js';

const plumed = await findPlumed();
const lammps = await findLammps().catch(() => undefined);
const works = lammps !== undefined && (lammps.plumed || lammps.plumedPlugin !== undefined);
const skip = works ? false : 'no LAMMPS with fix plumed on this machine';

/**
 * Three Lennard-Jones atoms in a plane, in natural units; a wall keeps them in a triangle, as chains are rare and slow.
 * fix plumed stands before the thermostat: where ENERGY is biased, PLUMED scales all forces that are there by then.
 */
const script = (kT: number, steps: number): string => `
units lj
dimension 2
atom_style atomic
region box block -20 20 -20 20 -0.5 0.5
create_box 1 box
create_atoms 1 single 0 0 0
create_atoms 1 single 1.12 0 0
create_atoms 1 single 0.56 0.97 0
mass 1 1
pair_style lj/cut 10
pair_coeff 1 1 1 1
timestep 0.01
velocity all create ${kT} 4711
fix integrate all nve
fix bias all plumed plumedfile plumed.dat outfile plumed.log
fix heat all langevin ${kT} ${kT} 0.5 4712
fix plane all enforce2d
compute pair all pe pair
thermo 500
thermo_style custom step c_pair
thermo_modify norm no format float %.9f
run ${steps}
`;
const [lowest, middle, highest] = [0.08, 0.11, 0.14];
const temperatures = [lowest, highest];
const multithermal = `UNITS NATURAL
size: GYRATION ATOMS=1-3
wall: UPPER_WALLS ARG=size AT=0.75 KAPPA=200
energy: ENERGY
ecv: ECV_MULTITHERMAL ARG=energy TEMP=${middle} TEMP_MIN=${lowest} TEMP_MAX=${highest}
opes: OPES_EXPANDED ARG=ecv.* PACE=100
PRINT ARG=energy,opes.bias,wall.bias STRIDE=20 FILE=BIASED FMT=%.9f
`;

async function run(kT: number, steps: number, input: string) {
  const cwd = temporaryFolder('multithermal');
  const plumedFile = join(cwd, 'plumed.dat');
  writeFileSync(plumedFile, input);
  const scripts = [{ text: script(kT, steps), path: join(cwd, 'in.lammps') }];
  const engine = lammpsEngine({ lammps: lammps!, scripts });
  engine.expectInput(parsePlumedInput(input, plumedFile));
  const [replica] = await engine.runs();
  const { signal } = new AbortController();
  const notes: string[] = [];
  await replica.start({
    ...{ plumed, cwd, plumedFile, checkpointMinutes: 15, signal },
    onProgress: () => undefined,
    onNote: (line) => notes.push(line),
  });
  return { cwd, notes };
}

/** Weighted mean of the later nine tenths, with its error by twenty blocks. */
function meanOf(values: readonly number[], weights: readonly number[]): { mean: number; error: number } {
  const first = Math.floor(values.length / 10);
  const blocks = 20;
  const length = Math.floor((values.length - first) / blocks);
  const sums = Array.from({ length: blocks }, (_, k) => {
    const [start, end] = [first + k * length, first + (k + 1) * length];
    const part = weights.slice(start, end);
    return {
      weight: part.reduce((sum, weight) => sum + weight, 0),
      sum: part.reduce((sum, weight, i) => sum + weight * values[start + i], 0),
    };
  });
  const all = (without: number): number => {
    const kept = sums.filter((_, k) => k !== without);
    const weight = kept.reduce((sum, block) => sum + block.weight, 0);
    return kept.reduce((sum, block) => sum + block.sum, 0) / weight;
  };
  const left = sums.map((_, k) => all(k));
  const centre = left.reduce((sum, value) => sum + value, 0) / blocks;
  const squares = left.reduce((sum, value) => sum + (value - centre) ** 2, 0);
  return { mean: all(-1), error: Math.sqrt((squares * (blocks - 1)) / blocks) };
}

async function columnsOf(path: string, columns: string[]): Promise<number[][]> {
  const { data } = await readTables(path, { columns });
  return columns.map((_, j) =>
    Array.from({ length: data.length / columns.length }, (__, i) => data[i * columns.length + j]),
  );
}

/**
 * Mean energies at several temperatures by quadrature: of three atoms in a plane, over the distances a and b of two from the third
 * and the angle between them, where the area is a b.
 */
function exactMeans(kTs: readonly number[]): number[] {
  const pair = (squared: number): number => 4 * (squared ** -6 - squared ** -3);
  // twice as many of each change the means by less than 1e-5
  const [least, most, lengths, angles] = [0.8, 2.6, 60, 90];
  const width = (most - least) / lengths;
  const sums = kTs.map(() => ({ weight: 0, energy: 0 }));
  for (let i = 0; i < lengths; i++)
    for (let j = 0; j < lengths; j++) {
      const [a, b] = [least + (i + 0.5) * width, least + (j + 0.5) * width];
      for (let k = 0; k < angles; k++) {
        const c2 = a * a + b * b - 2 * a * b * Math.cos(((k + 0.5) * Math.PI) / angles);
        const size = Math.sqrt((a * a + b * b + c2) / 9);
        const wall = 200 * Math.max(0, size - 0.75) ** 2;
        const energy = pair(a * a) + pair(b * b) + pair(c2);
        kTs.forEach((kT, n) => {
          const weight = a * b * Math.exp(-(energy + wall + 3) / kT);
          sums[n].weight += weight;
          sums[n].energy += weight * energy;
        });
      }
    }
  return sums.map(({ weight, energy }) => energy / weight);
}

test(
  'one multithermal run in LAMMPS has the energies of the exact ensembles at two temperatures',
  { skip },
  async (t) => {
    const exact = exactMeans(temperatures);
    const { cwd, notes } = await run(middle, 90_000, multithermal);
    assert.match(notes.join(), /fix_modify energy no is added/);
    const columns = ['energy', 'opes.bias', 'wall.bias'];
    const [energy, bias, wall] = await columnsOf(join(cwd, 'BIASED'), columns);
    // ENERGY is that of the pairs, and holds no bias
    const thermo = [
      ...readFileSync(join(cwd, 'log.lammps'), 'utf8').matchAll(/^ +(\d+) +(-?\d+\.\d{9})\s*$/gm),
    ];
    assert.ok(thermo.length > 100);
    for (const [, step, value] of thermo)
      assert.ok(Math.abs(energy[Number(step) / 20] - Number(value)) < 1e-6, `step ${step}`);

    const [low, high] = [0, 1].map((i) => {
      const kT = temperatures[i];
      // the wall is a part of what is sampled at kT
      const exponents = energy.map((u, j) => bias[j] / middle + (1 / middle - 1 / kT) * (u + wall[j]));
      const largest = exponents.reduce((a, b) => Math.max(a, b));
      const { mean, error } = meanOf(
        energy,
        exponents.map((x) => Math.exp(x - largest)),
      );
      t.diagnostic(`kT ${kT}: ${mean.toFixed(4)} ± ${error.toFixed(4)}, exactly ${exact[i].toFixed(4)}`);
      assert.ok(error < 0.05, `error ${error}`);
      assert.ok(Math.abs(mean - exact[i]) < 4 * error, `${mean}, ${exact[i]} at ${kT}`);
      return { mean, error };
    });
    // four errors must tell one temperature from the other
    const gap = exact[1] - exact[0];
    assert.ok(gap > 8 * Math.max(low.error, high.error), `energies ${gap} apart`);
  },
);
