import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PlumedModel } from '../../../src/plumed/model-arguments.js';
import { parsePlumedInput } from '../../../src/plumed/parse-input.js';
import { patchPlumedInput, type PatchedInput, type PatchOptions } from '../../../src/plumed/patch-input.js';

const model: PlumedModel = {
  inputs: ['d1', 'd2'],
  outputs: ['node-0', 'node-1'],
  outputMin: [-1, -0.5],
  outputMax: [1, 0.5],
};
const known: PlumedModel = {
  ...model,
  basinWidths: { values: [0.2, 0.1], temperature: 600, of: 'the training frames' },
};
const text = 'd1: DISTANCE ATOMS=5,7\nd2: DISTANCE ATOMS=7,9\n';

function patch(options: Partial<PatchOptions>, input = text): PatchedInput {
  const files = { modelPath: 'model.onnx', pluginPath: '/opt/plugin.so' };
  return patchPlumedInput(parsePlumedInput(input, 'plumed.dat'), { model, ...files, ...options });
}

const lineOf = ({ added }: PatchedInput, label: string): string =>
  added.find((line) => line.startsWith(`${label}: `)) ?? '';

test('OPES takes 16 kT as its barrier and measures SIGMA itself where nothing tells it, and says so', () => {
  const patched = patch({ bias: { kind: 'opes', temperature: 300 } });
  assert.match(lineOf(patched, 'opes'), / BARRIER=40 TEMP=300 FILE=/);
  assert.ok(patched.notes.some((note) => note.startsWith('BARRIER: 40 kJ/mol, 16 kT at 300 K')));
  assert.ok(patched.notes.some((note) => note.startsWith('SIGMA: adaptive')));
  // 16 · 8.314e-3 · 350 = 46.56
  assert.match(lineOf(patch({ bias: { kind: 'opes', temperature: 350 } }), 'opes'), / BARRIER=47 /);
});

test('SIGMA is the narrowest basin at the temperature of the run', () => {
  const patched = patch({ model: known, bias: { kind: 'opes', barrier: 30, temperature: 300 } });
  // √(300/600) of 0.2 and 0.1
  assert.match(lineOf(patched, 'opes'), / SIGMA=0\.141,0\.0707 /);
  assert.deepEqual(
    patched.notes.filter((note) => note.startsWith('SIGMA')),
    ["SIGMA: the narrowest basin's width in the training frames, from 600 K to 300 K by √T"],
  );
  const unknown = patch({ model: known, bias: { kind: 'opes', barrier: 30 } });
  assert.match(lineOf(unknown, 'opes'), / SIGMA=0\.2,0\.1 /);
  assert.ok(unknown.notes.some((note) => note.includes('grows with √T: ‘temperature’')));
  const adaptive = patch({ model: known, bias: { kind: 'opes', barrier: 30, sigma: 'adaptive' } });
  assert.doesNotMatch(lineOf(adaptive, 'opes'), /SIGMA/);
  assert.ok(!adaptive.notes.some((note) => note.startsWith('SIGMA')));
});

test('hills are half a basin wide and half a kT high; their factor goes by the barrier', () => {
  const patched = patch({
    model: known,
    bias: { kind: 'metad', temperature: 300, barrier: 50, components: ['node-1'] },
  });
  // half of 0.0707; 50 / (8.314e-3 · 300) = 20.05
  assert.match(lineOf(patched, 'metad'), / HEIGHT=1\.2 SIGMA=0\.0354 BIASFACTOR=20 TEMP=300 /);
  assert.equal(patched.notes.filter((note) => /^(HEIGHT|SIGMA|BIASFACTOR): /.test(note)).length, 3);
  const bare = patch({ bias: { kind: 'metad' } });
  assert.match(lineOf(bare, 'metad'), / HEIGHT=1\.2 SIGMA=0\.04,0\.02 BIASFACTOR=10 FILE/);
  assert.throws(
    () => patch({ model: { inputs: ['d1', 'd2'], outputs: ['node-0'] }, bias: { kind: 'metad' } }),
    {
      code: 'bad-argument',
      message: /expected ‘sigma’ for a model that tells neither/,
    },
  );
});

test('in natural units energies go by kT, which must be known', () => {
  const natural = `UNITS NATURAL\n${text}`;
  assert.match(
    lineOf(patch({ bias: { kind: 'opes', kT: 0.1 } }, natural), 'opes'),
    / BARRIER=1\.6 TEMP=0\.1 /,
  );
  assert.throws(() => patch({ bias: { kind: 'opes' } }, natural), {
    code: 'plumed-input',
    message: 'expected ‘kT’, or ‘barrier’, for an input in natural units but found neither',
  });
});

test('springs and walls go by the training range and kT', () => {
  const restrained = patch({ bias: { kind: 'restraint', at: [0, 0], temperature: 300 } });
  // 2.4943 / (2/20)² and / (1/20)²
  assert.match(lineOf(restrained, 'restraint'), / AT=0,0 KAPPA=249,998$/);
  const walled = patch({ walls: [{ argument: 'node-0', side: '>', at: -1.1 }] });
  // 10 · 2.4943 / (0.05 · 2)²
  assert.match(lineOf(walled, 'lwall'), / ARG=cv\.node-0 AT=-1\.1 KAPPA=2490$/);
  assert.ok(walled.columns.includes('lwall.bias'));
  assert.throws(
    () => patch({ model: { inputs: ['d1', 'd2'], outputs: ['node-0'] }, bias: { kind: 'restraint', at: 0 } }),
    { code: 'bad-argument', message: /expected ‘kappa’/ },
  );
});

test('what is out of range or of another number is refused', () => {
  for (const bias of [
    { kind: 'restraint', at: [0], kappa: 1 },
    { kind: 'restraint', at: NaN, kappa: 1 },
    { kind: 'restraint', at: 0, kappa: 0 },
    { kind: 'steered', at: 0, to: 1, steps: 0, kappa: 1 },
    { kind: 'steered', at: 0, to: [1, 2, 3], steps: 10, kappa: 1 },
    { kind: 'opes-expanded', temperatures: [600, 300] },
    { kind: 'opes-expanded', temperatures: [0, 300] },
    { kind: 'pbmetad', height: 1, sigma: [1, 2, 3] },
  ] as const)
    assert.throws(() => patch({ bias }), { code: 'bad-argument' }, JSON.stringify(bias));
});
