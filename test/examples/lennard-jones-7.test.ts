import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { predict } from '../../src/campaign/index.js';
import { columnValues, readTables, type Dataset } from '../../src/frames/index.js';
import { loadModel } from '../../src/onnx/index.js';
import { descriptorStatements } from '../../src/plumed/index.js';
import { runProgram } from '../../src/programs/run-program.js';
import { LatentcvError } from '../../src/support/errors.js';
import { readTrajectory } from '../../src/trajectories/index.js';
import { temporaryFolder } from '../temporary-folder.js';
import { runCli } from '../cli/run-cli.js';
import { runExample } from './run-example.js';
import { buildPlugin, findLammps, findPlumed } from '../../src/programs/index.js';
import '../optimised-plumed.js';

const example = fileURLToPath(new URL('../../../examples/lennard-jones-7', import.meta.url));
const lammps = await findLammps().catch((error: unknown) => {
  if (error instanceof LatentcvError && error.code === 'missing-tool') return undefined;
  throw error;
});
const skip =
  lammps?.plumed || lammps?.plumedPlugin !== undefined ? false : 'no LAMMPS with fix plumed on this machine';

const folder = join(temporaryFolder('lennard-jones-7'), 'run');
const model = join(folder, 'model.onnx');

interface Result {
  transitions: number;
  structures: { name: string; found: number; error: number; off: { moments: number; tempering: number } }[];
}

test('from a hot LAMMPS run to the free energies of the four structures', { skip }, async () => {
  const { code, output } = await runExample('lennard-jones-7', folder);
  assert.equal(code, 0, output);
  const { transitions, structures } = JSON.parse(readFileSync(join(folder, 'result.json'), 'utf8')) as Result;
  assert.equal(structures.length, 3);
  // Errors from the blocks of so short a run are themselves uncertain by a third: so four, not three, of them.
  for (const { name, found, error, off } of structures) {
    assert.ok(error > 0 && error < 0.15, `${name}: ${found} ± ${error}`);
    assert.ok(Math.max(off.moments, off.tempering) <= 4, `${name}: ${found} ± ${error}`);
  }
  assert.ok(transitions >= 40, `${transitions} transitions`);
  const before = readFileSync(join(folder, 'biased', 'COLVAR'));
  assert.equal((await runExample('lennard-jones-7', folder)).code, 0);
  assert.deepEqual(readFileSync(join(folder, 'biased', 'COLVAR')), before, 'a second run does nothing anew');
});

interface States {
  states: {
    population: number;
    deltaF: number;
    deltaFError: number | null;
    differences: { column: string; mean: number }[];
  }[];
}

test('latentcv states finds the four structures along the learned CV by itself', { skip }, () => {
  const asked = ['states', join(folder, 'biased', 'COLVAR'), '--cv', 'cv.node-0,cv.node-1', '--kt', '0.1'];
  // 4: of the rarest structure a short run has seen too few transitions for an error
  const { code, stdout, stderr } = runCli([...asked, '--columns', 'state', '--no-split', '--json']);
  assert.ok(code === 0 || code === 4, stderr);
  const four = (JSON.parse(stdout) as States).states.slice(0, 4);
  const names = four.map(({ differences }) =>
    Math.abs(Math.round(differences.find(({ column }) => column === 'state')!.mean)),
  );
  // the trapezoid, of 0.03 % of the weight, is a mode where the run came to it often enough
  assert.deepEqual([...names.slice(0, 3)].sort(), [0, 1, 2]);
  assert.deepEqual(names.slice(3), names.length > 3 ? [3] : []);
  assert.equal(names[0], 0, 'the hexagon has almost all of the weight');
  assert.ok(four.reduce((sum, { population }) => sum + population, 0) > 0.999);
  const { structures } = JSON.parse(readFileSync(join(example, 'expected.json'), 'utf8')) as {
    structures: { tempering: [number, number] }[];
  };
  for (const [i, { deltaF, deltaFError }] of four.entries()) {
    if (names[i] === 0 || deltaFError === null) continue;
    const [expected, error] = structures[names[i] - 1].tempering;
    const off = Math.abs(deltaF - expected) / Math.hypot(deltaFError, error);
    assert.ok(off < 4, `c${names[i]}: ${deltaF} ± ${deltaFError} against ${expected}`);
  }
});

/** A LAMMPS run that dumps frames and prints, of the same ones, PLUMED's distances and the CV of two orders of the atoms. */
async function shortRun(): Promise<{ trajectory: string; colvar: string }> {
  const cwd = join(folder, 'units');
  mkdirSync(cwd);
  const { metadata } = await loadModel(model);
  const plumed = await findPlumed();
  const input = [
    `LOAD FILE=${(await buildPlugin(plumed)).path}`,
    'UNITS NATURAL',
    ...descriptorStatements(metadata!.descriptors!),
    `cv: ONNX_MODEL FILE=${model} ATOMS=1-7 OUTSIDE`,
    `permuted: ONNX_MODEL FILE=${model} ATOMS=4,7,1,3,6,2,5`,
    `PRINT ARG=${metadata!.inputs.map(({ label }) => label).join(',')},cv.*,permuted.* STRIDE=20 FILE=COLVAR FMT=%.12f`,
  ];
  writeFileSync(join(cwd, 'plumed.dat'), `${input.join('\n')}\n`);
  const { executable, plumedPlugin } = lammps!;
  await runProgram({
    command: executable,
    args: [
      '-in',
      join(example, 'in.lammps'),
      '-screen',
      'none',
      '-var',
      'kt',
      '0.2',
      '-var',
      'steps',
      '2000',
    ],
    cwd,
    env: {
      PLUMED_KERNEL: plumed.kernel,
      ...(plumedPlugin !== undefined && { LAMMPS_PLUGIN_PATH: join(plumedPlugin, '..') }),
    },
    logPath: join(cwd, 'lammps.log'),
  });
  return { trajectory: join(cwd, 'traj.lammpstrj'), colvar: join(cwd, 'COLVAR') };
}

function largestDifference(a: Dataset, b: Dataset, names: [string, string][]): number {
  assert.equal(a.frames, b.frames);
  const differences = names.flatMap(([inA, inB]) => {
    const other = columnValues(b, inB);
    return Array.from(columnValues(a, inA), (value, frame) => Math.abs(value - other[frame]));
  });
  return Math.max(...differences);
}

const node = (label: string, other = ''): [string, string][] =>
  [0, 1].map((i) => [`${label}.node-${i}`, `${other}node-${i}`]);

test('units and permutations: what is trained on is what fix plumed computes', { skip }, async (t) => {
  const { trajectory, colvar } = await shortRun();
  const printed = await readTables(colvar);
  const file = await loadModel(model);
  const system = { set: file.metadata!.descriptors!, atoms: 7 };
  const read = await readTrajectory([trajectory], system, { perNanometre: 1, timestep: 0.01 });
  const labels = read.columns.map(({ label }): [string, string] => [label, label]);

  await t.test(
    'descriptors and CVs of the trajectory are those that PLUMED printed of its frames',
    async () => {
      // the dump has six decimals
      assert.ok(largestDifference(read, printed, labels) < 2e-6);
      const found = await predict(file, read);
      const difference = largestDifference(printed, found, node('cv'));
      assert.ok(difference < 1e-4, `${difference}`);
      const outside = columnValues(printed, 'cv.outside');
      assert.ok(Math.max(...outside) < 0.5, 'the frames lie where the model was trained');
    },
  );

  await t.test('it tells: taken as Å, every distance is a tenth', async () => {
    const inAngstrom = await readTrajectory([trajectory], system, { timestep: 0.01 });
    inAngstrom.data.forEach((value, i) => assert.ok(Math.abs(10 * value - read.data[i]) < 1e-12));
  });

  await t.test('another order of the atoms is the same CV', () => {
    const difference = largestDifference(printed, printed, node('cv', 'permuted.'));
    assert.ok(difference < 1e-9, `${difference}`);
  });

  await t.test('atoms that changed places between frames change nothing in the descriptors', async () => {
    const names = [5, 3, 7, 1, 2, 6, 4];
    const swapped = readFileSync(trajectory, 'utf8').replace(
      /^([1-7]) (1 \S+ \S+ \S+)/gm,
      (_, id: string, rest: string) => `${names[Number(id) - 1]} ${rest}`,
    );
    const path = join(folder, 'units', 'permuted.lammpstrj');
    writeFileSync(path, swapped);
    const permuted = await readTrajectory([path], system, { perNanometre: 1, timestep: 0.01 });
    const difference = largestDifference(read, permuted, labels);
    assert.ok(difference < 1e-12, `${difference}`);
  });
});
