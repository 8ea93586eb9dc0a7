import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { writeModelFile, writeOnnx } from '../../../src/onnx/index.js';
import { smallModel } from '../../onnx/models.js';
import { writeTable } from '../../../src/frames/index.js';
import { dataset, normals, twoStates } from '../../diagnostics/synthetic.js';
import { runCli } from '../run-cli.js';
import { temporaryFolder } from '../../temporary-folder.js';

const folder = temporaryFolder('inspect');
const path = join(folder, 'model.onnx');
writeFileSync(path, writeModelFile(smallModel()));

test('a model file is told in words', () => {
  const { code, stdout } = runCli(['inspect', path]);
  assert.equal(code, 0);
  assert.match(stdout, /4 inputs → node-0, node-1/);
  assert.match(stdout, /method +vamp-autoencoder/);
  assert.match(stdout, /network +4-3-2 tanh/);
  assert.match(stdout, /4 \(nm, rad\): d_5_7 d_5_9 t_5_7_9_15 al_9\.y/);
  assert.match(stdout, /node-1 +-0\.5 to 0\.25 in training, periodic from -1 to 1/);
  assert.match(stdout, /ONNX_MODEL FILE=.*model\.onnx ATOMS=5,7,9,15/);
});

test('--json has all of the metadata', () => {
  const { code, stdout } = runCli(['inspect', path, '--json']);
  assert.equal(code, 0);
  const { readable, hasMetadata, metadata } = JSON.parse(stdout) as {
    readable: boolean;
    hasMetadata: boolean;
    metadata: { inputs: { label: string }[]; check: { cv: number[][] } };
  };
  assert.deepEqual([readable, hasMetadata], [true, true]);
  assert.deepEqual(
    metadata.inputs.map((input) => input.label),
    ['d_5_7', 'd_5_9', 't_5_7_9_15', 'al_9.y'],
  );
  assert.ok(metadata.check.cv.length > 0);
});

test('time scales of a file from before they were told of the CVs as written say what they are of', () => {
  const model = smallModel();
  const old = join(folder, 'old.onnx');
  const metadata = { ...model.metadata, training: { eigenvalues: [0.9], timescales: [65.1, 7.2] } };
  writeFileSync(old, writeModelFile({ ...model, metadata }));
  const { stdout } = runCli(['inspect', old]);
  assert.match(stdout, /time scales +65\.1, 7\.2 ps \(of the latent, before its spread\)/);
});

test('an ONNX file from elsewhere is told as far as it goes', () => {
  const { x, cv } = smallModel();
  const foreign = join(folder, 'foreign.onnx');
  writeFileSync(foreign, writeOnnx({ inputs: [x], outputs: { cv }, precision: 'float' }));
  const { code, stdout } = runCli(['inspect', foreign]);
  assert.equal(code, 0, stdout);
  assert.match(stdout, /without latentcv's metadata/);
});

test('a file that is cut off ends with 1 and one line', () => {
  const cut = join(folder, 'cut.onnx');
  writeFileSync(cut, writeModelFile(smallModel()).subarray(0, 500));
  const { code, stderr } = runCli(['inspect', cut]);
  assert.equal(code, 1);
  assert.match(stderr, /^error: .*cut\.onnx/);
});

const state = twoStates(4000, 0.004, 0.01, 7);
const noise = [1, 2, 3].map((seed) => normals(4000, seed));
const columns = [state.map((s, i) => 2 * s + 0.2 * noise[0][i]), noise[1], noise[2]];
const labels = ['a', 'b', 'c'];
const tica = ['--method', 'tica', '--lag', '10ps', '--latent', '1', '-o', 'tica.onnx'];
const scale = (text: string): string | undefined => /time scale +(\d+(?:\.\d+)? ps \(.*?\))/.exec(text)?.[1];

test('train and inspect tell the same time scale of the same frames, and whose frames they are', async () => {
  await writeTable(join(folder, 'COLVAR'), dataset(labels, columns));
  const trained = runCli(['train', 'COLVAR', ...tica], { cwd: folder });
  assert.equal(trained.code, 0, trained.stderr);
  const own = runCli(['inspect', 'tica.onnx', 'COLVAR'], { cwd: folder });
  assert.match(own.stdout, /On 4000 frames, those it was trained on, all alike, lag 10 ps:/);
  assert.match(own.stdout, /nothing here speaks against node-0 .*only a run tells|node-0 is doubtful/);
  const [, head] = own.stdout.split(/^On 4000/m);
  assert.ok(scale(trained.stdout) !== undefined);
  assert.equal(scale(head), scale(trained.stdout));
  assert.equal(scale(own.stdout.replace(/node-0: /, '')), scale(trained.stdout));
  await writeTable(join(folder, 'OTHER'), dataset(labels, [columns[0].toReversed(), columns[2], columns[1]]));
  const other = runCli(['inspect', 'tica.onnx', 'OTHER'], { cwd: folder });
  assert.match(other.stdout, /On 4000 frames, not those it was trained on/);
});

test('states that no trajectory connects have no time scale, in train or in inspect', async () => {
  for (const [name, at] of [
    ['A', -3],
    ['B', 3],
  ] as const) {
    const rows = [noise[0].map((value) => at + 0.3 * value), noise[1], noise[2]];
    await writeTable(join(folder, name), dataset(labels, rows));
  }
  const sentence = /no trajectory crosses between the states along node-0: no time scale/;
  const trained = runCli(['train', 'A', 'B', ...tica], { cwd: folder });
  assert.match(trained.stdout, sentence, trained.stderr);
  const { stdout } = runCli(['inspect', 'tica.onnx', 'A', 'B'], { cwd: folder });
  assert.match(stdout, sentence);
  assert.match(stdout, /no trajectory crosses from basin to basin along it/);
  assert.doesNotMatch(stdout, /implied time scales/);
});

test('biased frames are weighed, at a temperature that is said', async () => {
  const bias = columns[0].map((value) => (value > 1 ? 4 : 0));
  await writeTable(join(folder, 'BIASED'), dataset([...labels, 'opes.bias'], [...columns, bias]));
  const weighed = ['inspect', 'tica.onnx', 'BIASED', '--bias', 'opes.bias'];
  const without = runCli(weighed, { cwd: folder });
  assert.equal(without.code, 2);
  assert.match(
    without.stderr,
    /expected the temperature of BIASED, whose frames weigh by opes\.bias, but found none\nhint: say --temperature/,
  );
  const { stdout } = runCli([...weighed, '--temperature', '300', '--json'], { cwd: folder });
  type Told = { diagnostics: { basins: { basins: { fraction: number }[] } } };
  const { basins } = (JSON.parse(stdout) as Told).diagnostics.basins;
  // the frames of the state that the bias lifted count exp(V/kT) times
  const lifted = bias.reduce((sum, value) => sum + (value > 0 ? 1 : 0), 0);
  const weight = lifted * Math.exp(4 / (8.31446261815324e-3 * 300));
  const expected = weight / (weight + bias.length - lifted);
  const found = basins.map(({ fraction }) => fraction);
  assert.ok(
    found.some((fraction) => Math.abs(fraction - expected) < 0.01),
    `${found.join(', ')} for ${expected}`,
  );
});
