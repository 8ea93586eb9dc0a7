import assert from 'node:assert/strict';
import { test } from 'node:test';
import { descriptorSet } from '../../../src/descriptors/index.js';
import { parseWall, type WallRequest } from '../../../src/plumed/biases/index.js';
import type { PlumedModel } from '../../../src/plumed/model-arguments.js';
import { parsePlumedInput } from '../../../src/plumed/parse-input.js';
import { patchPlumedInput, type PatchedInput, type PatchOptions } from '../../../src/plumed/patch-input.js';

const model: PlumedModel = {
  inputs: ['d1', 'phi'],
  inputMin: [0.1, -3],
  inputMax: [0.3, 3],
  inputPeriods: [undefined, [-Math.PI, Math.PI]],
  outputs: ['node-0', 'node-1'],
  outputMin: [-1, -1],
  outputMax: [1, 1],
};
const text = 'd1: DISTANCE ATOMS=5,7\nphi: TORSION ATOMS=5,7,9,15\n';

function patch(wall: WallRequest, options: Partial<PatchOptions> = {}, input = text): PatchedInput {
  const files = { modelPath: 'model.onnx', pluginPath: '/opt/plugin.so' };
  return patchPlumedInput(parsePlumedInput(input, 'plumed.dat'), {
    model,
    ...files,
    walls: [wall],
    ...options,
  });
}

test('walls are read as one writes them', () => {
  assert.deepEqual(parseWall('cv.node-0 < 0.9'), { argument: 'cv.node-0', side: '<', at: 0.9 });
  assert.deepEqual(parseWall('d1>-1e-2 KAPPA = 500'), { argument: 'd1', side: '>', at: -0.01, kappa: 500 });
  for (const wrong of [
    'node-0',
    'node-0 = 1',
    'node-0 < x',
    'a b < 1',
    '0.1 < node-0 < 0.9',
    'node-0 < 1 kappa=x',
  ])
    assert.equal(parseWall(wrong), undefined, wrong);
});

test('an ensemble can be kept where its members agree', () => {
  const wall = { argument: 'cv.uncertainty', side: '<', at: 0.1 } as const;
  const { text: patched } = patch(wall, { model: { ...model, uncertainty: true } });
  // 10 · 2.4943 / 0.05²: the uncertainty is in training ranges
  assert.match(patched, /UNCERTAINTY\nuwall: UPPER_WALLS ARG=cv\.uncertainty AT=0\.1 KAPPA=9980\n/);
  assert.throws(() => patch(wall), { code: 'bad-argument', hint: /ensemble/ });
});

test('a wall on outside is one on each input at its training range; periodic ones have none', () => {
  const wall = { argument: 'outside', side: '<', at: 0.6, kappa: 4 } as const;
  const { text: patched, notes, columns } = patch(wall);
  assert.match(patched, /ONNX_MODEL FILE=model\.onnx ARG=d1,phi OUTSIDE\n/);
  assert.match(
    patched,
    /uwall: UPPER_WALLS ARG=d1 AT=0\.42 KAPPA=100\nlwall: LOWER_WALLS ARG=d1 AT=-0\.02 KAPPA=100\n/,
  );
  assert.ok(columns.includes('cv.outside'));
  assert.ok(notes.some((note) => note.startsWith('phi: periodic inputs have no wall')));
  assert.throws(() => patch({ ...wall, side: '>' }), { code: 'bad-argument' });
  assert.throws(() => patch(wall, { model: { ...model, inputMin: undefined } }), {
    message: /training ranges of its inputs/,
  });
});

test('from atoms the inputs are computed once more for it, where that can be done', () => {
  const wall = { argument: 'outside', side: '<', at: 0.5, kappa: 4 } as const;
  const descriptors = descriptorSet([
    { kind: 'distance', atoms: [5, 7] },
    { kind: 'torsion', atoms: [5, 7, 9, 15] },
  ]);
  const known = { ...model, inputs: ['a', 'b'], descriptors };
  const { text: patched } = patch(wall, { model: known });
  assert.match(
    patched,
    /\nd_5_7: DISTANCE ATOMS=5,7\nt_5_7_9_15: TORSION ATOMS=5,7,9,15\nuwall: UPPER_WALLS ARG=d_5_7 /,
  );
  for (const [input, reason] of [
    [`${text}d_5_7: DISTANCE ATOMS=1,2\n`, /the input has d_5_7 already/],
    ['UNITS LENGTH=A\n', /lengths are in units of 0\.1 nm/],
  ] as const)
    assert.throws(() => patch(wall, { model: known }, input), {
      code: 'plumed-input',
      message: reason,
      hint: /mode arg/,
    });
});

test('what no actions of PLUMED give is not computed once more', () => {
  const wall = { argument: 'outside', side: '<', at: 0.5, kappa: 4 } as const;
  const descriptors = descriptorSet([
    { kind: 'distance', atoms: [5, 7] },
    { kind: 'bragg', atoms: [5, 7], planes: [[1, 1, 1]] },
  ]);
  assert.throws(() => patch(wall, { model: { ...model, inputs: ['a', 'b'], descriptors } }), {
    code: 'plumed-input',
    message: /for a wall on outside but the model takes bragg of atoms/,
  });
});

test('what a wall cannot stand on is refused', () => {
  assert.throws(() => patch({ argument: 'node-2', side: '<', at: 1 }), {
    code: 'bad-argument',
    message:
      /expected a wall on an output of the model \(node-0, node-1, outside\) or a label of the input but received node-2/,
  });
  assert.throws(() => patch({ argument: 'd1', side: '<', at: 1 }), {
    code: 'bad-argument',
    message: /kappa=…/,
  });
  const periodic = { ...model, outputPeriods: [[-1, 1], undefined] } as PlumedModel;
  assert.throws(() => patch({ argument: 'node-0', side: '<', at: 1 }, { model: periodic }), {
    message: /without a period/,
  });
});

test('OPES_METAD is told of walls, the exploring one cannot be', () => {
  const wall = { argument: 'node-0', side: '<', at: 1 } as const;
  const told = patch(wall, { bias: { kind: 'opes', barrier: 40 } });
  assert.match(told.text, /OPES_METAD .* EXTRA_BIAS=uwall\.bias /);
  const exploring = patch(wall, { bias: { kind: 'opes-explore', barrier: 40 } });
  assert.doesNotMatch(exploring.text, /EXTRA_BIAS/);
  assert.ok(exploring.notes.some((note) => note.startsWith('OPES_METAD_EXPLORE has no EXTRA_BIAS')));
});
