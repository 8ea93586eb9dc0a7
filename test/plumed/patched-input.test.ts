import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { descriptorSet } from '../../src/descriptors/index.js';
import { readTables } from '../../src/frames/index.js';
import { affine, constant, input, tanh } from '../../src/graph/index.js';
import { loadModel, saveModel } from '../../src/onnx/index.js';
import { parsePlumedInput, patchPlumedInput, plumedModel } from '../../src/plumed/index.js';
import { runFolder, writeTrajectory } from './helpers.js';
import { buildPlugin, findPlumed, runDriver } from '../../src/programs/index.js';

const plumed = await findPlumed();
const plugin = await buildPlugin(plumed);

/** node-0 = tanh(2 d1 − d2 + 0.5) and node-1 = tanh(d1 + d2), of the distances 1–2 and 2–3 in nm. */
async function writeModel(folder: string): Promise<string> {
  const path = join(folder, 'model.onnx');
  const x = input('x', ['n', 2]);
  const cv = tanh(affine(x, constant([2, 1, -1, 1], [2, 2], 'weight'), constant([0.5, 0], [2], 'bias')));
  const range = { min: -1, max: 1 };
  await saveModel(path, {
    x,
    cv,
    metadata: {
      method: 'autoencoder',
      network: '2-2 tanh',
      inputs: ['d1', 'd2'].map((label) => ({ label, unit: 'nm', min: 0, max: 1 })),
      outputs: ['node-0', 'node-1'].map((name) => ({ name, ...range })),
      descriptors: descriptorSet([
        { kind: 'distance', atoms: [1, 2] },
        { kind: 'distance', atoms: [2, 3] },
      ]),
      check: { inputs: [[0.1, 0.2]] },
      training: {},
    },
  });
  return path;
}

// The trajectory's distances in closed form; six decimals are printed, and the model holds float32 weights.
function expected(frame: number): [number, number] {
  const d1 = 0.1 + 0.01 * frame;
  const d2 = Math.hypot(d1, 0.2);
  return [Math.tanh(2 * d1 - d2 + 0.5), Math.tanh(d1 + d2)];
}

const definitions = 'd1: DISTANCE ATOMS=1,2\nd2: DISTANCE ...\n  ATOMS=2,3 # by hand\n...\n';
const cases: [name: string, text: string, mode: 'atoms' | 'arg'][] = [
  ['from atoms alone', '', 'atoms'],
  ['from atoms in Å and kcal/mol', 'UNITS LENGTH=A ENERGY=kcal/mol\n', 'atoms'],
  ['from the arguments of the input', definitions, 'arg'],
  [
    'before ENDPLUMED, labels taken',
    `${definitions}cv: COMBINE ARG=d1 PERIODIC=NO\nENDPLUMED\nd1: x\n`,
    'arg',
  ],
];

for (const [name, text, mode] of cases) {
  test(`a patched input gives the CV ${name}, as PLUMED prints it`, async () => {
    const cwd = runFolder();
    const modelPath = await writeModel(cwd);
    const patched = patchPlumedInput(parsePlumedInput(text), {
      model: plumedModel(modelPath, await loadModel(modelPath)),
      modelPath,
      pluginPath: plugin.path,
      mode,
      bias: { kind: 'opes', barrier: 10, pace: 2, temperature: 300 },
      print: { stride: 1 },
    });
    const plumedFile = join(cwd, 'plumed.dat');
    await writeFile(plumedFile, patched.text);
    await runDriver({ plumed, cwd, plumedFile, trajectory: await writeTrajectory(cwd, 30) });
    const set = await readTables(join(cwd, patched.colvar), { columns: patched.components });
    assert.equal(set.frames, 30);
    for (let frame = 0; frame < set.frames; frame++) {
      expected(frame).forEach((value, i) => {
        const printed = set.data[2 * frame + i];
        assert.ok(Math.abs(printed - value) < 1e-6, `frame ${frame}, node-${i}: ${printed} is not ${value}`);
      });
    }
  });
}
