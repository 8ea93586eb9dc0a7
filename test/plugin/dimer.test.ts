import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { predict, readModelFrames, trainFromTrajectory } from '../../src/campaign/index.js';
import { readTables } from '../../src/frames/index.js';
import { loadModel } from '../../src/onnx/index.js';
import { parseDefinition } from '../../src/trajectories/index.js';
import { runCli } from '../cli/run-cli.js';
import { randomBelow } from '../fuzz/mutator.js';
import { temporaryFolder } from '../temporary-folder.js';
import { dimer, groText, pdbLines, turnedWithin, waters, type PdbLine } from '../trajectories/dimer.js';
import { plugin, plumed } from './driver.js';
import { runDriver } from '../../src/programs/index.js';

const folder = temporaryFolder('dimer');
const cell = 'CRYST1  200.000  200.000  200.000  90.00  90.00  90.00 P 1           1';
const atoms = dimer();
const below = randomBelow(3);
/** Å, with the decimals that a PDB file has. */
const frames = Array.from({ length: 250 }, () =>
  atoms.map(({ position }) => position.map((x) => (Math.round(1000 * x) + below(900)) / 1000)),
);
const trajectory = join(folder, 'traj.pdb');
writeFileSync(
  trajectory,
  frames
    .flatMap((places, i) => [
      cell,
      `MODEL ${String(i + 1).padStart(8)}`,
      ...pdbLines(atoms.map((atom, j) => ({ ...atom, position: places[j] }))),
      'ENDMDL',
    ])
    .join('\n') + '\nEND\n',
);
const model = join(folder, 'model.onnx');
await trainFromTrajectory({
  files: [trajectory],
  definition: parseDefinition(['distances (name CA and chain A) (name CA and chain B)']),
  reading: { timestep: 1 },
  output: model,
  training: { method: 'pca', latent: 2 },
});
const file = await loadModel(model);

/** The frames of a system that holds the dimer's atoms among others, as PLUMED's driver reads them, in nm. */
function frameFile(there: readonly PdbLine[]): string {
  const places = there.map((atom) =>
    atoms.findIndex(({ name, number, code, chain }) =>
      [name === atom.name, number === atom.number, code === atom.code, chain === atom.chain].every(Boolean),
    ),
  );
  const path = join(folder, 'traj.xyz');
  const lines = frames.flatMap((frame) => [
    String(there.length),
    '20 20 20',
    ...there.map(({ position }, i) => {
      const at = places[i] < 0 ? position : frame[places[i]];
      return `X ${at.map((x) => (x / 10).toFixed(4)).join(' ')}`;
    }),
  ]);
  writeFileSync(path, lines.join('\n') + '\n');
  return path;
}

async function biased(structure: string, there: readonly PdbLine[], input: string) {
  writeFileSync(join(folder, 'in.dat'), input);
  const [dat, out] = [join(folder, 'in.dat'), join(folder, 'out.dat')];
  const args = ['plumed', dat, '--model', model, '--renumber', structure, '--plugin', plugin.path];
  const more = ['--bias', 'none', '--stride', '1', '--colvar', 'CV', '-o', out];
  const { code, stderr } = runCli([...args, ...more]);
  assert.equal(code, 0, stderr);
  await runDriver({ plumed, cwd: folder, plumedFile: out, trajectory: frameFile(there), timestep: 1 });
  return { stderr, cvs: await readTables(join(folder, 'CV'), { columns: ['cv.*'] }) };
}

const whole = await predict(
  file,
  await readModelFrames({ model, metadata: file.metadata, files: [trajectory], reading: { timestep: 1 } }),
);
function expectSame({ frames: count, data }: { frames: number; data: ArrayLike<number> }): void {
  assert.equal(count, whole.frames);
  const worst = whole.data.reduce((most, value, i) => Math.max(most, Math.abs(value - data[i])), 0);
  // six decimals are printed, and the model file holds float32 weights
  assert.ok(worst < 2e-6, `${worst}`);
}

test('a model of a homodimer with insertion codes tells names of their own', () => {
  const { names } = file.metadata!.descriptors!;
  assert.equal(new Set(names).size, 12);
  for (const name of ['ALA 2A CA A 2', 'ALA 2A CA B 5']) assert.ok(names!.includes(name), names!.join());
});

test('its atoms are found in a solvated system without chains and codes, with the same values in PLUMED', async () => {
  const there = [...waters(5), ...turnedWithin(atoms), ...waters(7)];
  const structure = join(folder, 'solvated.gro');
  writeFileSync(structure, groText(there));
  const { cvs, stderr } = await biased(structure, there, '');
  assert.match(stderr, /does not tell the chains or insertion codes of 12 atoms/);
  expectSame(cvs);
});

test('and in one whose chains stand the other way round, as MOLINFO knows them', async () => {
  const there = [...waters(2), ...turnedWithin(atoms.slice(30)), ...turnedWithin(atoms.slice(0, 30))];
  writeFileSync(join(folder, 'turned.pdb'), [...pdbLines(there), 'END', ''].join('\n'));
  const { cvs, stderr } = await biased(join(folder, 'turned.pdb'), there, 'MOLINFO STRUCTURE=turned.pdb\n');
  assert.doesNotMatch(stderr, /others|copies|otherwise|order/);
  expectSame(cvs);
});
