import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { readTables } from '../../src/frames/index.js';
import { parsePlumedInput } from '../../src/plumed/index.js';
import { findLammps, findPlumed } from '../../src/programs/index.js';
import { lammpsEngine } from '../../src/programs/engines/index.js';
import { temporaryFolder } from '../temporary-folder.js';

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
thermo 1000
thermo_style custom step c_pair
thermo_modify norm no format float %.9f
run ${steps}
`;
const [low, middle, high] = [0.08, 0.11, 0.14];
const common = `UNITS NATURAL
size: GYRATION ATOMS=1-3
wall: UPPER_WALLS ARG=size AT=0.75 KAPPA=200
energy: ENERGY
PRINT ARG=energy,wall.bias STRIDE=20 FILE=COLVAR FMT=%.9f
`;
const multithermal = `${common}
ecv: ECV_MULTITHERMAL ARG=energy TEMP=${middle} TEMP_MIN=${low} TEMP_MAX=${high}
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

test(
  'one multithermal run in LAMMPS has the energies of plain runs at two temperatures',
  { skip },
  async (t) => {
    const { cwd, notes } = await run(middle, 150_000, multithermal);
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

    const means = [];
    for (const kT of [low, high]) {
      // the wall is a part of what a plain run at kT samples
      const exponents = energy.map((u, i) => bias[i] / middle + (1 / middle - 1 / kT) * (u + wall[i]));
      const largest = exponents.reduce((a, b) => Math.max(a, b));
      const reweighted = meanOf(
        energy,
        exponents.map((x) => Math.exp(x - largest)),
      );
      const plain = await run(kT, 100_000, common);
      const [own] = await columnsOf(join(plain.cwd, 'COLVAR'), ['energy']);
      const measured = meanOf(
        own,
        own.map(() => 1),
      );
      const error = Math.hypot(reweighted.error, measured.error);
      t.diagnostic(
        `kT ${kT}: ${reweighted.mean.toFixed(4)} ± ${reweighted.error.toFixed(4)}, plain ${measured.mean.toFixed(4)} ± ${measured.error.toFixed(4)}`,
      );
      assert.ok(error < 0.05, `error ${error}`);
      assert.ok(
        Math.abs(reweighted.mean - measured.mean) < 4 * error,
        `${reweighted.mean}, ${measured.mean} at ${kT}`,
      );
      means.push({ mean: measured.mean, error });
    }
    // four errors must tell one temperature from the other
    const gap = means[1].mean - means[0].mean;
    assert.ok(gap > 8 * Math.max(...means.map(({ error }) => error)), `energies ${gap} apart`);
  },
);
