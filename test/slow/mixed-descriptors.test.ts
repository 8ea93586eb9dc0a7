import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { trainFromTables } from '../../src/campaign/index.js';
import {
  alignedPositions,
  descriptorLabels,
  descriptorSet,
  referencesBySerial,
  sortedDistances,
  type AlignmentReference,
  type Descriptor,
} from '../../src/descriptors/index.js';
import { readTables } from '../../src/frames/index.js';
import { loadNativeModel } from '../../src/native/index.js';
import { loadModel } from '../../src/onnx/index.js';
import { descriptorStatements, formatReferencePdb } from '../../src/plumed/index.js';
import { cacheFolder, packageRoot } from '../../src/support/folders.js';
import { Random } from '../../src/support/random.js';
import { temporaryFolder } from '../temporary-folder.js';
import { buildPlugin, findPlumed, runDriver } from '../../src/programs/index.js';
import '../optimised-plumed.js';

// From PLUMED statements of every kind to a trained model that gives the same CV from ATOMS as from ARG.

const frames = 250;
const atoms = 6;
const folder = temporaryFolder('mixed');

const switching = { form: 'rational', r0: 0.5, d0: 0, nn: 6, mm: 12 } as const;
const descriptors: Descriptor[] = [
  { kind: 'torsion', atoms: [1, 2, 3, 4] },
  { kind: 'distance', atoms: [1, 2] },
  { kind: 'distance-x', atoms: [5, 6] },
  { kind: 'inverse-distance', atoms: [1, 6] },
  { kind: 'angle', atoms: [4, 5, 6] },
  { kind: 'torsion-sin', atoms: [3, 4, 5, 6] },
  { kind: 'torsion-cos', atoms: [3, 4, 5, 6] },
  { kind: 'contact', atoms: [2, 5], switching: { form: 'fermi', r0: 0.5, beta: 15 } },
  { kind: 'contact', atoms: [2, 5], switching: { form: 'gaussian', r0: 0.5, d0: 0.1 } },
  { kind: 'coordination', atoms: [1, 2, 3], partners: [4, 5, 6], switching },
  ...alignedPositions([4, 6]),
  { kind: 'rmsd', atoms: [3, 4, 5, 6], reference: 0, weights: [14, 12, 1, 16] },
  { kind: 'gyration', atoms: [1, 3, 4] },
  ...sortedDistances([2, 3, 5]),
];
// not flat, so that no component is constant; its shortest tree is the chain 3-4-5-6 by which PLUMED makes molecules whole: the same in random places too
const reference: AlignmentReference = {
  atoms: [3, 4, 5, 6],
  weights: [14, 12, 1, 16],
  positions: [
    [-0.1, -0.15, 0.1],
    [0, 0, 0],
    [0.2, 0, 0],
    [0.3, 0.2, 0],
  ],
};
const set = descriptorSet(descriptors, { references: [reference] });
const labels = descriptorLabels(set).join(',');

function trajectory(): string {
  const random = new Random(5);
  const atom = (): string => `C ${[0, 1, 2].map(() => random.uniform(0, 1.5).toPrecision(17)).join(' ')}`;
  const box = '1.5 0 0 0.4 1.3 0 -0.3 0.5 1.4';
  return Array.from(
    { length: frames },
    () => `${atoms}\n${box}\n${Array.from({ length: atoms }, atom).join('\n')}\n`,
  ).join('');
}

/** The model's atoms and the boxes of all frames, as the addon takes them. */
function trajectoryNumbers(): { positions: Float64Array; boxes: Float64Array } {
  const lines = trajectory().trim().split('\n');
  const rows = Array.from({ length: frames }, (_, i) => lines.slice(i * (atoms + 2), (i + 1) * (atoms + 2)));
  const numbers = (line: string): number[] => line.replace('C ', '').split(' ').map(Number);
  return {
    positions: Float64Array.from(
      rows.flatMap((row) => set.atoms.flatMap((serial) => numbers(row[1 + serial]))),
    ),
    boxes: Float64Array.from(rows.flatMap((row) => numbers(row[1]))),
  };
}

async function driver(name: string, input: string): Promise<void> {
  const plumedFile = join(folder, name);
  await writeFile(plumedFile, input);
  const trajectoryFile = join(folder, 'trajectory.xyz');
  const extra = ['--length-units', 'nm'];
  await runDriver({ plumed: await findPlumed(), cwd: folder, plumedFile, trajectory: trajectoryFile, extra });
}

test('a model of every kind of descriptor gives the same CV from ATOMS, from ARG, in the addon and in Python', async () => {
  await writeFile(join(folder, 'trajectory.xyz'), trajectory());
  await writeFile(join(folder, 'reference-0.pdb'), formatReferencePdb(referencesBySerial(set)[0]));
  const statements = descriptorStatements(set).join('\n');
  await driver('training.dat', `${statements}\nPRINT ARG=${labels} FILE=COLVAR FMT=%.12f\n`);
  const model = join(folder, 'model.onnx');
  await trainFromTables({
    files: [join(folder, 'COLVAR')],
    plumedInput: join(folder, 'training.dat'),
    output: model,
    training: { method: 'autoencoder', hidden: [8], epochs: 3, batch: 16, seed: 2 },
  });
  const { metadata } = await loadModel(model);
  assert.deepEqual(metadata?.descriptors, set);
  assert.deepEqual(metadata?.inputs[0].period, [-Math.PI, Math.PI]);
  const { path } = await buildPlugin(await findPlumed());
  const actions = [
    `LOAD FILE={${path}}`,
    // above the statement that turns the system onto the reference, for the component of a distance
    `a: ONNX_MODEL FILE=${model} ATOMS=${set.atoms.join(',')}`,
    statements,
    `b: ONNX_MODEL FILE=${model} ARG=${labels}`,
  ];
  await driver('model.dat', `${actions.join('\n')}\nPRINT ARG=a.*,b.* FILE=CHECK FMT=%.12f\n`);
  const [fromAtoms, fromArguments] = await Promise.all(
    ['a.*', 'b.*'].map(
      async (columns) => (await readTables(join(folder, 'CHECK'), { columns: [columns] })).data,
    ),
  );
  assert.equal(fromAtoms.length, 2 * frames);
  // the same numbers in another order of rounding, printed with twelve decimals
  fromAtoms.forEach((value, i) => assert.ok(Math.abs(value - fromArguments[i]) < 1e-9));
  const trajectoryFile = join(folder, 'trajectory.xyz');
  const printed = spawnSync(
    join(cacheFolder(), 'python', 'bin', 'python'),
    [join(packageRoot(), 'test', 'fixtures', 'evaluate_trajectory.py'), model, trajectoryFile],
    { encoding: 'utf8', env: { ...process.env, ORT_DISABLE_TELEMETRY: '1' } },
  );
  assert.equal(printed.status, 0, printed.stderr);
  const python = JSON.parse(printed.stdout) as { inputs: number[]; cv: number[] };
  const colvar = (await readTables(join(folder, 'COLVAR'), { columns: labels.split(',') })).data;
  const addon = loadNativeModel(model);
  const { jacobian } = addon.evaluateWithJacobian(colvar);
  const slope = Math.max(1, ...jacobian.map(Math.abs));
  // numpy in double against PLUMED's twelve printed decimals; near π and −π of a torsion both are one angle
  python.inputs.forEach((value, i) => {
    const difference = Math.abs(value - colvar[i]);
    assert.ok(Math.min(difference, Math.abs(difference - 2 * Math.PI)) < 1e-9, `${value}, not ${colvar[i]}`);
  });
  // onnxruntime rounds inputs of up to 4 and weights to single precision
  python.cv.forEach((value, i) =>
    assert.ok(Math.abs(value - fromAtoms[i]) < 2e-6 * slope * set.items.length),
  );
  assert.equal(python.cv.length, fromAtoms.length);
  const { positions, boxes } = trajectoryNumbers();
  addon.evaluateAtoms(positions, boxes).cv.forEach((value, i) => {
    assert.ok(Math.abs(value - fromAtoms[i]) < 1e-9, `${value}, not ${fromAtoms[i]}`);
  });
});
