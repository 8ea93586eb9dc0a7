import assert from 'node:assert/strict';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { predict, trainFromTables, type TrainedModel } from '../../src/campaign/index.js';
import { columnValues, writeTable, type Dataset } from '../../src/frames/index.js';
import { loadNativeModel } from '../../src/native/index.js';
import { loadModel, readModelFile, writeModelFile, type ModelFile } from '../../src/onnx/index.js';
import { thermalEnergy } from '../../src/sampling/index.js';
import { newModel } from '../../src/training/index.js';
import { dataset, normals } from '../diagnostics/synthetic.js';
import { temporaryFolder } from '../temporary-folder.js';

const folder = temporaryFolder('ensemble-committor');
const [files, output] = [[join(folder, 'table.h5')], join(folder, 'model.onnx')];
const frames = 1200;
// to and fro between two states, a third of the frames on the way
const columns = [1, 2].map((seed) =>
  normals(frames, seed).map((value, i) => (seed === 1 ? Math.sin(i / 20) + 0.1 * value : 0.4 * value)),
);
const table = dataset(['a', 'b'], columns);
const training = {
  ...{
    method: 'committor' as const,
    latent: 1,
    hidden: [8],
    epochs: 20,
    batch: 200,
    seed: 5,
    temperature: 300,
  },
  labels: 'A: a < -0.9; B: a > 0.9',
} as const;

let model: TrainedModel;
let file: ModelFile;
before(async () => {
  await writeTable(files[0], table);
  model = await trainFromTables({ files, output, training, ensemble: 2 });
  file = await loadModel(output);
});

const q = async (of: ModelFile, rows: Dataset): Promise<Float64Array> =>
  columnValues(await predict(of, rows), 'committor');

test('q is the mean of the members’, and they are as unsure as these lie apart', async () => {
  const answers = await predict(file, table);
  const each = await Promise.all(
    model.members!.map((member) => q(readModelFile(writeModelFile(newModel(member))), table)),
  );
  const [mean, uncertainty] = ['committor', 'uncertainty'].map((label) => columnValues(answers, label));
  let apart = 0;
  mean.forEach((value, i) => {
    const [one, other] = each.map((own) => own[i]);
    assert.ok(Math.abs(value - (one + other) / 2) < 1e-6);
    assert.ok(Math.abs(uncertainty[i] - Math.abs(one - other) / 2) < 1e-5);
    apart = Math.max(apart, Math.abs(one - other));
  });
  assert.ok(apart > 1e-3, 'the members are not the same');
});

test('V_K goes by the gradient of the mean, at the geometric mean of the members’ ε', async () => {
  const { temperature, lambda, epsilon } = file.metadata!.kolmogorov!;
  const own = model.members!.map(({ kolmogorov }) => kolmogorov!.epsilon);
  assert.ok(Math.abs(epsilon / Math.sqrt(own[0] * own[1]) - 1) < 1e-9);
  assert.deepEqual([temperature, lambda], [300, 1]);
  const found = columnValues(await predict(file, table), 'kolmogorov');
  const step = 1e-4;
  const moved = (column: number, by: number): Promise<Float64Array> =>
    q(file, { ...table, data: table.data.map((value, i) => (i % 2 === column ? value + by : value)) });
  const [[right, left], [up, down]] = await Promise.all(
    [0, 1].map((column) => Promise.all([moved(column, step), moved(column, -step)])),
  );
  const kT = thermalEnergy(temperature);
  found.forEach((value, i) => {
    const squared = ((right[i] - left[i]) / (2 * step)) ** 2 + ((up[i] - down[i]) / (2 * step)) ** 2;
    const expected = -kT * Math.log(1 + squared / epsilon);
    assert.ok(Math.abs(value - expected) < 1e-3 * Math.max(1, Math.abs(expected)), `${value} ${expected}`);
  });
  assert.ok(Math.min(...found) < -5 * kT);
});

test('the core that PLUMED runs reads it and gives the same numbers', async () => {
  // it computes the check vectors again, q and V_K with their derivatives among them
  const native = loadNativeModel(output);
  const { uncertainty } = native.evaluateWithJacobian(table.data);
  const expected = columnValues(await predict(file, table), 'uncertainty');
  expected.forEach((value, i) => assert.ok(Math.abs(uncertainty![i] - value) < 1e-5));
});

test('an ensemble of a method that is solved in one go is refused before anything is read', async () => {
  const there = { files: [join(folder, 'nowhere')], output: join(folder, 'none.onnx'), ensemble: 3 };
  for (const method of ['pca', 'tica', 'lda'] as const)
    await assert.rejects(trainFromTables({ ...there, training: { method } }), {
      code: 'bad-argument',
      message: new RegExp(`expected one member of ${method} but received 3: it is solved in one go`),
    });
});
