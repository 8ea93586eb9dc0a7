import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { predict, trainFromTrajectory, type TrainFromTrajectory } from '../../src/campaign/index.js';
import { loadNativeModel } from '../../src/native/index.js';
import { loadModel } from '../../src/onnx/index.js';
import { splitSamples } from '../../src/training/data/index.js';
import { framePositions, parseDefinition } from '../../src/trajectories/index.js';
import { alanine, makeTrajectories } from '../trajectories/fixtures.js';

const { folder, remove } = makeTrajectories();
after(remove);

/** Serials of the atoms of the model below, and their masses in amu. */
const carbonAndNitrogen = new Map([
  [5, 12.011],
  [7, 14.007],
  [9, 12.011],
  [15, 12.011],
  [17, 14.007],
]);

const job: TrainFromTrajectory = {
  files: [join(folder, 'long.xtc')],
  structure: alanine,
  output: join(folder, 'committor.onnx'),
  // two torsions, which have a sine and a cosine each, and distances that share atoms with them
  definition: parseDefinition([
    'torsion (serial 5) (serial 7) (serial 9) (serial 15); torsion (serial 7) (serial 9) (serial 15) (serial 17); distances (serial 5 9 17)',
  ]),
  training: {
    ...{ method: 'committor', latent: 1, hidden: [8], epochs: 3, batch: 40, spread: 0, learningRate: 1e-2 },
    labels: 'low: t_5_7_9_15 < -1.6; high: t_5_7_9_15 > -1.2',
    methodOptions: { output: 'q', logarithm: false, gradient: 'atoms' },
  },
};

test('K is ⟨|∇q|²⟩ by the mass-weighted coordinates of the atoms', async () => {
  const { encoder, dataset } = await trainFromTrajectory(job);
  const model = await loadModel(job.output);
  const native = loadNativeModel(job.output);
  const { atoms } = model.metadata!.descriptors!;
  const { columns, data } = await predict(model, dataset);
  const [cv, q] = ['node-0', 'committor'].map((label) => {
    const place = columns.findIndex((column) => column.label === label);
    return dataset.time.map((_, frame) => data[frame * columns.length + place]);
  });
  // the CV is q times this, and a constant
  const factor = (Math.max(...cv) - Math.min(...cv)) / (Math.max(...q) - Math.min(...q));
  const { validation } = splitSamples(dataset.segments, { lag: 0 });
  let sum = 0;
  for (const frame of validation.now) {
    const time = dataset.time[frame];
    const { positions, box } = await framePositions(job.files, 22, { source: job.files[0], time });
    const own = Float64Array.from(
      atoms.flatMap((serial) => [...positions.subarray(3 * serial - 3, 3 * serial)]),
    );
    const { derivatives } = native.evaluateAtoms(own, box);
    derivatives.forEach((slope, i) => {
      sum += (slope / factor) ** 2 / carbonAndNitrogen.get(atoms[Math.floor(i / 3)])!;
    });
  }
  const { curves, bestEpoch } = encoder.record;
  const received = curves.parts.functional[bestEpoch];
  const expected = sum / validation.now.length;
  assert.ok(expected > 0 && Math.abs(received / expected - 1) < 1e-4, `${received} and ${expected}`);
});

test('frames on disk have the same K', async () => {
  const training = { ...job.training, epochs: 1, seed: 3 };
  const functional = async (stream: boolean): Promise<number> => {
    const { encoder } = await trainFromTrajectory({ ...job, training, stream });
    return encoder.record.curves.parts.functional[0];
  };
  const [memory, disk] = [await functional(false), await functional(true)];
  // batches are drawn otherwise
  assert.ok(Math.abs(disk / memory - 1) < 0.2, `${disk} on disk, ${memory} in memory`);
});

test('atoms without a mass: the gradient is by the inputs, which is told, or refused where atoms were asked for', async () => {
  const structure = join(folder, 'beads.gro');
  // carbons of a name that tells no element, in a residue that tells none either
  const text = readFileSync(alanine, 'utf8').replace(/^(.{10}) {3}CA/m, '$1   XX');
  writeFileSync(structure, text);
  const warnings: string[] = [];
  const asked = { ...job, structure, onWarning: (line: string) => void warnings.push(line) };
  const methodOptions = { gradient: 'auto' };
  await trainFromTrajectory({ ...asked, training: { ...job.training, methodOptions } });
  assert.ok(
    warnings.some((line) =>
      /^∇q of the loss is by the scaled inputs, not by the atoms’ mass-weighted coordinates: the mass of atom 9 \(ALA 2 XX\) is not known/.test(
        line,
      ),
    ),
    warnings.join('\n'),
  );
  await assert.rejects(trainFromTrajectory(asked), {
    code: 'bad-argument',
    message: /expected masses of all atoms for gradient=atoms but the mass of atom 9/,
  });
});
