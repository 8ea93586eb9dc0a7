import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { before, describe, it, after } from 'node:test';
import { Matrix } from 'ml-matrix';
import { alignLatent, applyAlignment } from '../../src/campaign/align-latent.js';
import { disagreement } from '../../src/campaign/ensemble-model.js';
import { predict, trainFromTables, type TrainedModel } from '../../src/campaign/index.js';
import { columnValues, readTables, writeTable, type Dataset } from '../../src/frames/index.js';
import { loadNativeModel, type NativeModel } from '../../src/native/index.js';
import { loadModel, readModelFile, writeModelFile, type ModelFile } from '../../src/onnx/index.js';
import { newModel } from '../../src/training/index.js';
import { randomNumbers } from '../free-energy/random.js';
import { dataset, normals, twoStates } from '../diagnostics/synthetic.js';
import { runCli } from '../cli/run-cli.js';

describe('alignment of one latent to another', () => {
  const reference = normals(3000, 1).map((value, i) => value * [1, 0.6, 0.3][i % 3] + [0.1, 0.2, -3][i % 3]);

  it('undoes signs, order and rotations', () => {
    const turn = new Matrix([
      [0, -1, 0],
      [Math.cos(0.4), 0, Math.sin(0.4)],
      [-Math.sin(0.4), 0, Math.cos(0.4)],
    ]);
    const turned = applyAlignment(reference, { center: [0, 0, 0], matrix: turn, shift: [5, -1, 0] });
    const found = alignLatent(turned, reference, 3);
    assert.ok(Matrix.sub(found.matrix, turn.transpose()).norm() < 1e-12);
    assert.ok(Math.abs(found.agreement - 1) < 1e-12);
    applyAlignment(turned, found).forEach((value, i) => assert.ok(Math.abs(value - reference[i]) < 1e-12));
  });

  it('tells how far two latents agree', () => {
    const noise = normals(3000, 2);
    // Reference variance 1 in one dimension, error variance 0.25.
    const other = normals(3000, 1).map((value, i) => value + 0.5 * noise[i]);
    const { agreement, matrix } = alignLatent(
      other.map((value) => -value),
      normals(3000, 1),
      1,
    );
    assert.equal(matrix.get(0, 0), -1);
    assert.ok(Math.abs(agreement - 0.75) < 0.03, String(agreement));
  });
});

describe('an ensemble trained from a COLVAR file', () => {
  const table = twoBasins(3000);
  let folder: string;
  let model: TrainedModel;
  let file: ModelFile;
  let native: NativeModel;
  const paths = () => ({ colvar: join(folder, 'COLVAR'), output: join(folder, 'ensemble.onnx') });

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'latentcv-ensemble-'));
    const { colvar, output } = paths();
    await writeTable(colvar, table);
    const training = { hidden: [8], latent: 2, lag: 5, batch: 256, epochs: 25, seed: 3, spread: 0 };
    model = await trainFromTables({ files: [colvar], output, training, ensemble: 3 });
    file = await loadModel(output);
    native = loadNativeModel(output);
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it('is one file with its method, its seeds and how far its members agree', () => {
    const { method, training } = file.metadata!;
    assert.equal(method, 'ensemble of 3 vamp-autoencoder');
    const { ensemble } = training as { ensemble: { seed: number; agreement: number }[] };
    // that of the first member would not be that of the mean
    assert.ok(!('slowness' in (training as object)));
    assert.deepEqual(
      ensemble.map(({ seed }) => seed),
      [3, 4, 5],
    );
    assert.ok(Math.abs(ensemble[0].agreement - 1) < 1e-6 && ensemble[1].agreement < 1);
  });

  it('gives the mean of its aligned members, from −1 to 1 over the training frames', () => {
    const cv = native.evaluate(table.data);
    const members = model.members!.map((member) => alignLatent(member.cv, model.encoder.cv, 2));
    const mean = cv.map((_, i) =>
      model.members!.reduce((sum, member, m) => sum + alignedAt(member.cv, members[m], i) / 3, 0),
    );
    for (const j of [0, 1]) {
      const [ours, exact] = [cv, mean].map((values) => values.filter((_, i) => i % 2 === j));
      const range = (values: Float64Array) => [Math.min(...values), Math.max(...values)] as const;
      const [low, high] = range(exact);
      assert.ok(Math.abs(range(ours)[0] + 1) < 1e-4 && Math.abs(range(ours)[1] - 1) < 1e-4);
      exact.forEach((value, i) => {
        const scaled = (2 * (value - low)) / (high - low) - 1;
        assert.ok(Math.abs(ours[i] - scaled) < 1e-4, `${i}: ${ours[i]} for ${scaled}`);
      });
    }
  });

  it('tells of members that have learned something else, and of no others', () => {
    const [first] = model.members!;
    const strange = { ...first, cv: normals(first.cv.length, 31) };
    assert.match(
      disagreement([first, strange, first])!,
      /^member 2 \(-?\d[^,]*\) of the ensemble learned other CVs than its first/,
    );
    assert.equal(disagreement([first, first]), undefined);
    assert.equal(disagreement([first]), undefined);
  });

  it('is surer on its training frames than away from them', () => {
    const inside = mean(native.evaluateWithJacobian(table.data).uncertainty!);
    const { normal } = randomNumbers(9);
    const away = Float64Array.from({ length: 4 * 500 }, () => 6 * normal());
    const outside = mean(native.evaluateWithJacobian(away).uncertainty!);
    assert.ok(inside > 0 && outside > 3 * inside, `${inside} inside, ${outside} outside`);
  });

  it('is told and diagnosed by latentcv inspect', () => {
    const { colvar, output } = paths();
    const { code, stdout, stderr } = runCli(['inspect', output, colvar, '--json']);
    assert.equal(code, 0, stderr);
    const { diagnostics } = JSON.parse(stdout) as {
      diagnostics: { quality: { basins: number; crossings: number }; inputs: string[]; lag: number };
    };
    assert.deepEqual([diagnostics.lag, diagnostics.inputs.length], [5, 4]);
    assert.equal(diagnostics.quality.basins, 2);
    assert.ok(diagnostics.quality.crossings > 5);
  });

  it('is what latentcv train --ensemble writes', () => {
    const { colvar } = paths();
    const output = join(folder, 'by-command.onnx');
    const args = '--ensemble 2 --layers 4 --latent 1 --lag 5ps --epochs 2 --json'.split(' ');
    const { code, stdout, stderr } = runCli(['train', colvar, '-o', output, ...args]);
    assert.equal(code, 0, stderr);
    assert.equal((JSON.parse(stdout) as { ensemble: number }).ensemble, 2);
    assert.ok(loadNativeModel(output).hasUncertainty);
  });
});

it('an ensemble that predicts a property gives its mean and how far members disagree', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'latentcv-ensemble-'));
  try {
    const [path, output] = [join(folder, 'rows.csv'), join(folder, 'ensemble.onnx')];
    const numbers = normals(900, 5);
    const lines = Array.from({ length: 300 }, (_, i) => {
      const [a, b, c] = numbers.subarray(3 * i, 3 * i + 3);
      return `${a},${b},${c},${10 + a * b}\n`;
    });
    await writeFile(path, `a,b,c,gap\n${lines.join('')}`);
    const training = { properties: ['gap'], hidden: [8], epochs: 20, batch: 32 };
    const { members } = await trainFromTables({ files: [path], output, training, ensemble: 3 });
    const file = await loadModel(output);
    const rows = await readTables(path, { rows: true });
    const found = await predict(file, rows);
    const each = await Promise.all(
      members!.map(async (member) => predict(readModelFile(writeModelFile(newModel(member))), rows)),
    );
    const gaps = each.map((one) => columnValues(one, 'gap'));
    const [together, uncertainty] = [columnValues(found, 'gap'), columnValues(found, 'gap.uncertainty')];
    for (let i = 0; i < 300; i += 37) {
      const values = gaps.map((gap) => gap[i]);
      const average = (values[0] + values[1] + values[2]) / 3;
      const deviation = Math.sqrt(values.reduce((sum, v) => sum + (v - average) ** 2 / 3, 0));
      assert.ok(Math.abs(together[i] - average) < 1e-5 && Math.abs(uncertainty[i] - deviation) < 1e-5);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

const mean = (values: Float64Array): number => values.reduce((sum, value) => sum + value / values.length, 0);

function alignedAt(cv: Float64Array, alignment: ReturnType<typeof alignLatent>, i: number): number {
  const row = cv.subarray(i - (i % 2), i - (i % 2) + 2);
  return applyAlignment(row, alignment)[i % 2];
}

/** Jumps between two states, seen by two of four noisy columns. */
function twoBasins(frames: number): Dataset {
  const state = twoStates(frames, 0.02, 0.02, 7);
  const noise = [11, 12, 13, 14].map((seed) => normals(frames, seed));
  return dataset(
    ['a', 'b', 'c', 'd'],
    [
      state.map((s, i) => 2 * s + 0.2 * noise[0][i]),
      state.map((s, i) => -s + 0.2 * noise[1][i]),
      noise[2],
      noise[3],
    ],
  );
}
