import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { trainFromTrajectory } from '../../../../src/campaign/index.js';
import { diagnosticsOf } from '../../../../src/cli/commands/report/diagnostics.js';
import { parseDefinition } from '../../../../src/trajectories/index.js';
import { alanine, makeTrajectories } from '../../../trajectories/fixtures.js';

const { folder, remove } = makeTrajectories();
after(remove);

const files = [join(folder, 'long.xtc')];
const model = join(folder, 'model.onnx');
const options = { model, training: files } as unknown as Parameters<typeof diagnosticsOf>[0];
const quiet = { note: () => undefined, warn: () => undefined } as unknown as Parameters<
  typeof diagnosticsOf
>[1];

test('states are those of the training’s labels, inputs and atoms have names, and the molecule is shown', async () => {
  await trainFromTrajectory({
    files,
    structure: alanine,
    output: model,
    definition: parseDefinition([
      'torsion (serial 5) (serial 7) (serial 9) (serial 15); distances (serial 1 5 19)',
    ]),
    training: {
      ...{ method: 'lda', latent: 1, spread: 0 },
      labels: 'low: t_5_7_9_15 < -1.6; high: t_5_7_9_15 > -1.2',
    },
  });
  const { diagnostics, explainedOn } = (await diagnosticsOf({ ...options, structure: alanine }, quiet))!;
  const { explanation, inputs, inputAtoms, atoms } = diagnostics;
  assert.deepEqual(
    explanation!.states.map(({ name }) => name),
    ['low', 'high'],
  );
  assert.equal(explanation!.from, 'the labels of the training');
  // what the states are told by is what they were defined by
  const [{ steps, enough }] = explanation!.told;
  assert.equal(inputs[steps[enough].inputs[0]], 't_5_7_9_15');
  assert.deepEqual(
    inputAtoms![inputs.indexOf('t_5_7_9_15')].map(({ name }) => name),
    ['ACE 1 C', 'ALA 2 N', 'ALA 2 CA', 'ALA 2 C'],
  );
  assert.deepEqual(
    atoms!.map(({ serial }) => serial),
    [1, 5, 7, 9, 15, 19],
  );
  for (const group of [0, 1, 2]) {
    const all = atoms!.reduce((sum, { share }) => sum + share[0][group], 0);
    assert.ok(Math.abs(all - 1) < 1e-9);
  }
  const { structure, serials } = explainedOn!;
  assert.equal(structure.elements.length, 22);
  assert.equal(structure.bonds.length, 2 * 21);
  assert.deepEqual(
    [1, 5, 19].map((serial) => structure.elements[serials.indexOf(serial)]),
    ['C', 'C', 'C'],
  );
  // without names of atoms there is no picture
  assert.equal((await diagnosticsOf(options, quiet))!.explainedOn, undefined);
});
