import assert from 'node:assert/strict';
import { test } from 'node:test';
import { descriptorSet } from '../../src/descriptors/index.js';
import type { PlumedModel } from '../../src/plumed/model-arguments.js';
import { descriptorsFromPlumed, parsePlumedInput } from '../../src/plumed/index.js';
import { patchPlumedInput, type PatchedInput } from '../../src/plumed/patch-input.js';

const text =
  'q6: Q6 SPECIES=1-108 SWITCH={RATIONAL R_0=1.4} MEAN\n' +
  'c: COORDINATIONNUMBER SPECIES=1-108 R_0=1.4 MOMENTS=2-3\n' +
  'd: DISTANCE ATOMS=1,2\nv: DISTANCE ATOMS=1,3 COMPONENTS\nRESTRAINT LABEL=r ARG=d AT=0 KAPPA=1\n';
const inputs = ['q6_mean', 'c_moment-2', 'd'];
const files = { modelPath: 'model.onnx', pluginPath: '/opt/plugin.so' };

function patch(model: Partial<PlumedModel> = {}, also: string[] = []): PatchedInput {
  const input = parsePlumedInput(text, 'plumed.dat');
  return patchPlumedInput(input, {
    ...files,
    model: { inputs, outputs: ['node-0'], ...model },
    mode: 'arg',
    print: { also },
  });
}

test('labels that a shortcut may make are left to PLUMED, and told', () => {
  const { text: patched, notes } = patch({}, ['c_moment-3']);
  assert.match(
    patched,
    /ONNX_MODEL FILE=model\.onnx ARG=q6_mean,c_moment-2,d\nPRINT ARG=c_moment-3,cv\.node-0 /,
  );
  assert.deepEqual(
    notes.filter((note) => note.includes('left to PLUMED')),
    [
      'plumed.dat:1: q6_mean is left to PLUMED, which makes it where Q6 is a shortcut for it',
      'plumed.dat:2: c_moment-2 is left to PLUMED, which makes it where COORDINATIONNUMBER is a shortcut for it',
      'plumed.dat:2: c_moment-3 is left to PLUMED, which makes it where COORDINATIONNUMBER is a shortcut for it',
    ],
  );
});

test('labels that nothing could make are refused as before', () => {
  for (const wrong of ['q7_mean', 'd_mean', 'r_bias', 'q6mean'])
    assert.throws(
      () => patch({ inputs: [wrong] }),
      { code: 'plumed-input', message: /none of that name/ },
      wrong,
    );
  // of a model that tells its descriptors a label cannot be another thing
  const descriptors = descriptorSet([{ kind: 'distance', atoms: [1, 2] }]);
  assert.throws(() => patch({ inputs: ['q6_mean'], descriptors }), { message: /none of that name/ });
});

test('what columns are is said to be of a shortcut where one may make them', () => {
  const input = parsePlumedInput(text, 'plumed.dat');
  const found = descriptorsFromPlumed(input, ['d', 'q6_mean']);
  assert.ok(!found.descriptors && found.shortcut?.action === 'Q6');
  const other = descriptorsFromPlumed(input, ['d', 'q7_mean']);
  assert.ok(!other.descriptors && other.shortcut === undefined);
});

test('components that PLUMED would not know are refused where they are printed or needed', () => {
  assert.ok(patch({}, ['d', 'v.x', 'r.bias', 'q6']).columns.includes('v.x'));
  const cases: [string, RegExp][] = [
    ['d.x', /^plumed\.dat:3: DISTANCE d has no component x, which needs COMPONENTS: d\.x cannot be printed$/],
    ['v', /^plumed\.dat:4: DISTANCE v has the components x, y, z: v cannot be printed$/],
    ['v.a', /^plumed\.dat:4: DISTANCE v has the components x, y, z/],
    ['r', /^plumed\.dat:5: RESTRAINT r has components, such as r\.bias/],
  ];
  for (const [label, message] of cases)
    assert.throws(() => patch({}, [label]), { code: 'plumed-input', message }, label);
  assert.throws(() => patch({ inputs: ['d.x'] }), {
    code: 'plumed-input',
    message: /but the model needs d\.x$/,
  });
  assert.throws(() => patch({}, ['nothing']), { code: 'bad-argument' });
});

test('walls of the input are told beside a new bias', () => {
  const walls =
    'd: DISTANCE ATOMS=1,2\nUPPER_WALLS ARG=d AT=1 KAPPA=1\nlow: LOWER_WALLS ARG=d AT=0 KAPPA=1\n';
  const { notes } = patchPlumedInput(parsePlumedInput(walls, 'plumed.dat'), {
    ...files,
    model: { inputs: ['d'], outputs: ['node-0'] },
    bias: { kind: 'opes', barrier: 40 },
  });
  for (const [line, action] of [
    [2, 'UPPER_WALLS'],
    [3, 'LOWER_WALLS'],
  ])
    assert.ok(notes.includes(`plumed.dat:${line}: ${action} biases this run as well`), notes.join('\n'));
});
