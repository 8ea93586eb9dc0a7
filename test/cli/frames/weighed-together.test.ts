import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { loadSampling } from '../../../src/cli/frames/index.js';
import { trainingFrames } from '../../../src/cli/frames/training/index.js';
import type { Terminal } from '../../../src/cli/terminal.js';
import { columnValues } from '../../../src/frames/index.js';
import { Random } from '../../../src/support/index.js';
import { splitRoles, trainSettings, type TrainOptions } from '../../../src/training/index.js';
import { temporaryFolder } from '../../temporary-folder.js';
import { runCli } from '../run-cli.js';

const folder = temporaryFolder('weighed-together');
// kJ/mol at 300 K, and of the well ½ k x²
const kT = 8.31446261815324e-3 * 300;
const k = 40;

/** Draws of a particle in a harmonic well, under a restraint or not, with another coordinate; its table and input in a folder. */
function made(name: string, at: number, kappa: number, seed: number): string {
  const random = new Random(seed);
  const cwd = join(folder, name);
  mkdirSync(cwd, { recursive: true });
  const rows = Array.from({ length: 1500 }, (_, i) => {
    const x = (kappa * at) / (k + kappa) + Math.sqrt(kT / (k + kappa)) * random.normal();
    const bias = kappa > 0 ? ` ${(0.5 * kappa * (x - at) ** 2).toFixed(8)}` : '';
    return `${i / 2} ${x.toFixed(8)} ${(x + random.normal()).toFixed(6)}${bias}`;
  });
  const [field, column] = kappa > 0 ? [' r.bias', ',r.bias'] : ['', ''];
  writeFileSync(join(cwd, 'COLVAR'), [`#! FIELDS time x y${field}`, ...rows, ''].join('\n'));
  const input = [
    'x: DISTANCE ATOMS=1,2',
    'y: DISTANCE ATOMS=1,3',
    ...(kappa > 0 ? [`r: RESTRAINT ARG=x AT=${at} KAPPA=${kappa}`] : []),
    `PRINT ARG=x,y${column} FILE=COLVAR`,
    '',
  ];
  writeFileSync(join(cwd, 'plumed.dat'), input.join('\n'));
  return cwd;
}

const windows = [-0.5, 0, 0.5].map((at, i) => made(`w${i}`, at, 60, 10 + i));
const free = made('free', 0, 0, 20);

const told: string[] = [];
const terminal = {
  note: (line: string) => void told.push(line),
  warn: (line: string) => void told.push(line),
} as unknown as Terminal;

/** What a training with these options learns from. */
async function learned(names: readonly string[], more: Record<string, unknown> = {}) {
  told.length = 0;
  const options = { temperature: [{ kelvin: 300, files: undefined }], ...more };
  const { training, sourceFor } = await trainingFrames(
    names,
    options as unknown as Parameters<typeof trainingFrames>[1],
    terminal,
  );
  const settings = trainSettings(training);
  const { open } = await sourceFor(settings);
  const { dataset } = await open({ stream: false });
  return { settings, roles: splitRoles(dataset, settings), dataset };
}

/** Mean and mean square of x. */
function moments(x: Float64Array | Float32Array, weights: Float64Array | Float32Array): [number, number] {
  let [sum, first, second] = [0, 0, 0];
  x.forEach((value, i) => {
    sum += weights[i];
    first += weights[i] * value;
    second += weights[i] * value * value;
  });
  return [first / sum, second / sum];
}

test('windows train with the weights that fes gives their frames, each by its file and time', async () => {
  const { roles, settings, dataset } = await learned(windows);
  const { run } = await loadSampling(
    windows,
    ['x'],
    { temperature: [{ kelvin: 300, files: undefined }] } as unknown as Parameters<typeof loadSampling>[2],
    terminal,
  );
  assert.equal(dataset.frames, run.dataset.frames);
  const weights = Array.from(run.sample.weights, (weight) => weight * dataset.frames);
  roles.weights!.forEach((weight, i) => assert.ok(Math.abs(weight - weights[i]) < 1e-9 * (1 + weight)));
  const [mean, square] = moments(columnValues(dataset, 'x'), roles.weights!);
  const theirs = moments(run.values('x'), run.sample.weights);
  assert.ok(Math.abs(mean - theirs[0]) < 1e-9 && Math.abs(square - theirs[1]) < 1e-9);
  // of the well itself
  assert.ok(Math.abs(mean) < 0.03 && Math.abs(square / (kT / k) - 1) < 0.1, `${mean}, ${square}`);
  assert.equal(settings.weights, 'mbar.weight');
  assert.equal(settings.temperature, 300);
  assert.deepEqual(
    roles.inputs.columns.map(({ label }) => label),
    ['x', 'y'],
  );
});

test('it is told how many windows are weighed, where, and what their beginnings weigh', async () => {
  const { roles } = await learned(windows);
  const line = told.find((each) => each.includes('MBAR'));
  assert.match(line!, /^3 windows weighed together by MBAR at 300 K: 4050 of 4500 frames, worth \d+ indep/);
  assert.equal(
    roles.weights!.subarray(0, 150).every((weight) => weight === 0),
    true,
  );
  assert.equal(
    roles.weights!.subarray(150, 1500).every((weight) => weight > 0),
    true,
  );
});

test('beside windows pairs are taken from the run without a bias, whose table lacks their bias', async () => {
  const { roles, settings, dataset } = await learned([...windows, free]);
  assert.deepEqual(settings.pairsFrom, [join(free, 'COLVAR')]);
  const unbiased = dataset.segments.at(-1)!;
  assert.ok(roles.pairWeights!.subarray(0, unbiased.start).every((weight) => weight === 0));
  const own = roles.pairWeights!.subarray(unbiased.start);
  assert.ok(Math.abs(own.reduce((a, b) => a + b) / dataset.frames - 1) < 1e-9);
  const [, square] = moments(columnValues(dataset, 'x'), roles.weights!);
  assert.ok(Math.abs(square / (kT / k) - 1) < 0.08, String(square));
  const alone = await learned(windows);
  assert.deepEqual(alone.settings.pairsFrom, []);
  assert.equal(alone.roles.pairWeights, undefined);
});

test('one window and a run without a bias are weighed together too; alone its frames weigh by the bias', async () => {
  const both = await learned([windows[0], free]);
  assert.equal(both.settings.weights, 'mbar.weight');
  // of a hot run the potential energy would be needed: each weighs at its own temperature, as ever
  const hot = { temperature: [{ kelvin: 300 }, { kelvin: 600, files: free }] };
  assert.equal((await learned([windows[0], free], hot)).settings.weights, undefined);
  await assert.rejects(
    learned([...windows, free], hot),
    /expected the potential energy of the run of .*temperatures differ/,
  );
  const one = await learned([windows[0]]);
  assert.equal(one.settings.weights, undefined);
  assert.deepEqual(one.settings.bias, ['r.bias']);
});

test('runs thinned for a lag, adaptive ones and inputs that are not known are refused with what to do', async () => {
  const changed = (name: string, change: (text: string, file: string) => string | undefined): string => {
    const cwd = join(folder, name);
    mkdirSync(cwd, { recursive: true });
    for (const file of ['COLVAR', 'plumed.dat']) {
      const text = change(readFileSync(join(windows[2], file), 'utf8'), file);
      if (text !== undefined) writeFileSync(join(cwd, file), text);
    }
    return cwd;
  };
  const thinned = changed('thinned', (text, file) =>
    file === 'COLVAR'
      ? text
          .split('\n')
          .filter((line, i) => line.startsWith('#') || line === '' || i % 2 === 0)
          .join('\n')
      : text,
  );
  // a lag needs one stride of runs whose pairs count, and weights all of a run's frames
  const some = [windows[0], windows[1], thinned];
  await assert.rejects(learned(some), /expected frames at one stride in all runs that are weighed together/);
  assert.equal((await learned(some, { method: 'autoencoder' })).dataset.frames, 3750);
  const adaptive = changed('adaptive', (text) =>
    text.replaceAll('r.bias', 'o.bias').replace(/r: RESTRAINT.*/, 'o: OPES_METAD ARG=x PACE=10 BARRIER=20'),
  );
  await assert.rejects(learned([...windows, adaptive]), /the bias of .*adaptive\/COLVAR was built as it ran/);
  changed('bare', (text, file) => (file === 'COLVAR' ? text.replace(/\n.*\n$/, '\n') : undefined));
  await assert.rejects(
    learned([...windows, join(folder, 'bare', 'COLVAR')]),
    /the PLUMED input of .*bare\/COLVAR is not known/,
  );
  await assert.rejects(learned(windows, { bias: ['r.bias'] }), /under one static bias/);
});

test('the command trains on windows, in memory and with frames on disk', () => {
  const quick = '--method autoencoder --layers 4 --epochs 2 --latent 1 --temperature 300 --json'.split(' ');
  const run = (...more: string[]) => {
    const { code, stdout, stderr } = runCli(['train', 'w?', ...quick, ...more], { cwd: folder });
    assert.equal(code, 0, stderr);
    return JSON.parse(stdout) as { frames: number; settings: TrainOptions };
  };
  const memory = run('-o', 'memory.onnx');
  assert.equal(memory.frames, 4500);
  assert.equal(memory.settings.weights, 'mbar.weight');
  assert.equal(run('-o', 'disk.onnx', '--stream').settings.weights, 'mbar.weight');
  const judged = runCli('inspect memory.onnx w0 w1 w2 free --temperature 300 --json'.split(' '), {
    cwd: folder,
  });
  assert.equal(judged.code, 0, judged.stderr);
  const { diagnostics } = JSON.parse(judged.stdout) as { diagnostics: { weighted: boolean; frames: number } };
  assert.deepEqual([diagnostics.weighted, diagnostics.frames], [true, 6000]);
});
