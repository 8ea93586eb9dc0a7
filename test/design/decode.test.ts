import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it, before } from 'node:test';
import { decode } from '../../src/design/index.js';
import { columnValues, readTables, writeTable, type Dataset } from '../../src/frames/index.js';
import { evaluate } from '../../src/graph/index.js';
import { loadModel, saveModel, type ModelFile } from '../../src/onnx/index.js';
import { newModel, train } from '../../src/training/index.js';
import { expectDocumented } from '../cli/documented-keys.js';
import { runCli } from '../cli/run-cli.js';
import { difference } from '../graph/numbers.js';
import { Random } from '../../src/support/random.js';
import { datasetOf } from '../models/tables.js';
import { temporaryFolder } from '../temporary-folder.js';

/** Six columns on a curved surface of two coordinates, and a property of these. */
function surface(frames: number, seed: number): Dataset {
  const random = new Random(seed);
  const rows = Array.from({ length: frames }, () => {
    const [u, v] = [random.uniform(-1, 1), random.uniform(-1, 1)];
    return [u, v, u * v, u + v, u - 2 * v, Math.sin(u), u ** 2 + v];
  });
  return datasetOf(['a', 'b', 'c', 'd', 'e', 'f', 'gap'], rows);
}

describe('decode', () => {
  const folder = temporaryFolder('decode');
  const path = join(folder, 'model.onnx');
  const data = surface(2000, 1);
  let model: ModelFile;
  let cvs: Dataset;

  before(async () => {
    const encoder = await train(data, {
      ...{ method: 'multitask-autoencoder', properties: ['gap'], latent: 2, hidden: [24], epochs: 60 },
      ...{ learningRate: 5e-3, batch: 128, split: 'random' },
    });
    await saveModel(path, newModel(encoder));
    model = await loadModel(path);
    const names = model.metadata!.outputs.map(({ name }) => ({ label: name }));
    cvs = { ...data, columns: names, data: encoder.cv };
  });

  it('gives back the inputs that the CVs keep, with what they tell of the property', async () => {
    const { dataset, cycle, outside } = await decode(model, cvs);
    assert.deepEqual(
      dataset.columns.map(({ label }) => label),
      ['a', 'b', 'c', 'd', 'e', 'f', 'gap'],
    );
    for (const label of ['a', 'd', 'e', 'gap']) {
      const [told, known] = [columnValues(dataset, label), columnValues(data, label)];
      const error = told.reduce((sum, value, i) => sum + (value - known[i]) ** 2, 0);
      const mean = known.reduce((a, b) => a + b, 0) / known.length;
      assert.ok(error < 0.05 * known.reduce((sum, value) => sum + (value - mean) ** 2, 0), label);
    }
    assert.ok(cycle.median < 0.02 && cycle.median <= cycle.worst);
    // single precision of the file puts the ends of the range a little beyond
    assert.ok(outside < 10);
  });

  it('is the graph in the file, by the reference evaluator', async () => {
    const { dataset } = await decode(model, cvs);
    const { cv, reconstruction } = model.decoder!;
    const told = evaluate({ r: reconstruction! }, { cv: { shape: [data.frames, 2], data: cvs.data } }, [cv]).r
      .data;
    for (const [i, label] of ['a', 'b', 'c', 'd', 'e', 'f'].entries())
      assert.ok(
        difference(
          columnValues(dataset, label),
          told.filter((_, at) => at % 6 === i),
        ) < 1e-12,
      );
  });

  it('refuses a model without a way back, and CVs that are missing', async () => {
    const oneWay = { ...model };
    delete oneWay.decoder;
    await assert.rejects(decode(oneWay, cvs), {
      code: 'bad-model',
      message: /with a decoder but received one of the method multitask-autoencoder/,
    });
    await assert.rejects(decode(model, data), { code: 'bad-argument', message: /expected a column node-0/ });
  });

  it('latentcv decode takes tables of CVs by name, by PLUMED’s names, and in order', async () => {
    const expected = (await decode(model, cvs)).dataset;
    const asPlumed = { ...cvs, columns: cvs.columns.map(({ label }) => ({ label: `cv.${label}` })) };
    await writeTable(join(folder, 'COLVAR'), asPlumed);
    await writeTable(join(folder, 'cvs.csv'), cvs);
    for (const name of ['COLVAR', 'cvs.csv']) {
      const { code, stdout, stderr } = runCli(['decode', 'model.onnx', name, '-o', 'back.csv', '--json'], {
        cwd: folder,
      });
      assert.equal(code, 0, stderr);
      expectDocumented('decode', JSON.parse(stdout) as object);
      const back = await readTables(join(folder, 'back.csv'));
      assert.ok(difference(columnValues(back, 'e'), columnValues(expected, 'e')) < 1e-4, name);
    }
    const header = '{"descr": "<f8", "fortran_order": False, "shape": (2, 2), }'.padEnd(117) + '\n';
    const npy = Buffer.concat([
      Buffer.from('\x93NUMPY\x01\x00', 'latin1'),
      Buffer.from(Uint16Array.of(header.length).buffer),
      Buffer.from(header),
      Buffer.from(Float64Array.from(cvs.data.subarray(0, 4)).buffer),
    ]);
    writeFileSync(join(folder, 'two.npy'), npy);
    const { code, stdout, stderr } = runCli(['decode', 'model.onnx', 'two.npy', '-o', 'two.csv'], {
      cwd: folder,
    });
    assert.equal(code, 0, stderr);
    assert.match(stdout, /2 rows of a, b, c, d, e, f, gap/);
    assert.match(stdout, /encoded again, the CVs move by [\d.e-]+ of their ranges/);
    assert.equal(readFileSync(join(folder, 'two.csv'), 'utf8').trim().split('\n').length, 3);
    const wrong = runCli(['decode', 'model.onnx', 'back.csv', '-o', 'none.csv'], { cwd: folder });
    assert.equal(wrong.code, 2);
    assert.match(wrong.stderr, /expected a column node-0, a CV of model.onnx, but there are a, b/);
  });

  it('train --no-decoder leaves it out', async () => {
    await writeTable(join(folder, 'data.csv'), data);
    const quick = ['--method', 'autoencoder', '--epochs', '2', '--columns', 'a,b,c'];
    const { code, stderr } = runCli(['train', 'data.csv', ...quick, '--no-decoder', '-o', 'without.onnx'], {
      cwd: folder,
    });
    assert.equal(code, 0, stderr);
    assert.equal((await loadModel(join(folder, 'without.onnx'))).decoder, undefined);
    const refused = runCli(['decode', 'without.onnx', 'cvs.csv', '-o', 'none.csv'], { cwd: folder });
    assert.equal(refused.code, 1);
    assert.match(refused.stderr, /expected a model with a decoder/);
  });
});
