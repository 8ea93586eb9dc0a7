import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { descriptorsBySerial, descriptorSet, referencesBySerial } from '../../src/descriptors/index.js';
import {
  constant,
  evaluate,
  input,
  matmul,
  simplify,
  sin,
  slice,
  tanh,
  type Tensor,
} from '../../src/graph/index.js';
import { createOnnxRuntime } from '../../src/runtimes/index.js';
import {
  decodeMetadata,
  decodeOnnx,
  encodeMetadata,
  loadModel,
  readModelFile,
  saveModel,
  writeModelFile,
  writeOnnx,
  type ModelMetadata,
} from '../../src/onnx/index.js';
import { LatentcvError, type ErrorCode } from '../../src/support/errors.js';
import { packageRoot } from '../../src/support/folders.js';
import { centralDifferences, difference } from '../graph/numbers.js';
import {
  committorModel,
  decodingModel,
  ensembleModel,
  smallMetadata,
  smallModel,
  predictingModel,
} from './models.js';
import { runFolder } from './python.js';
import { temporaryFolder } from '../temporary-folder.js';

const refused = (code: ErrorCode, message: RegExp) => (error: unknown) => {
  assert.ok(error instanceof LatentcvError, String(error));
  assert.equal(error.code, code, error.message);
  assert.match(error.message, message);
  return true;
};

const folder = temporaryFolder('model');

describe('a model file', () => {
  const model = smallModel();
  const bytes = writeModelFile(model);
  const read = readModelFile(bytes);

  it('reads back with every number of its metadata bit for bit', () => {
    const { check, ...rest } = read.metadata!;
    const { check: given, ...expected } = model.metadata;
    assert.deepStrictEqual(rest, expected);
    assert.deepStrictEqual(check.inputs, given.inputs);
  });

  it('has x [n, d], cv [n, k] and jacobian [n, k, d] in float32', () => {
    assert.deepEqual(read.inputs, [{ name: 'x', type: 'FLOAT', shape: ['n', 4] }]);
    assert.deepEqual(read.outputs, [
      { name: 'cv', type: 'FLOAT', shape: ['n', 2] },
      { name: 'jacobian', type: 'FLOAT', shape: ['n', 2, 4] },
    ]);
    assert.equal(read.opset, 17);
    assert.equal(read.producer, 'latentcv');
  });

  it('is the same byte for byte when written again', () => {
    assert.deepEqual(writeModelFile(smallModel()), bytes);
  });

  it("carries check vectors that are the encoder's values and derivatives", () => {
    const { check } = read.metadata!;
    check.inputs.forEach((row, i) => {
      const feeds = { x: { shape: [1, 4], data: Float64Array.from(row) } };
      const cv = evaluate({ cv: model.cv }, feeds).cv.data;
      // Weights are float32 in the file, double here.
      assert.ok(difference(cv, check.cv[i]) < 1e-6);
      const rows = [0, 1].flatMap((k) => [
        ...centralDifferences((f) => evaluate({ cv: model.cv }, f).cv.data[k], feeds, 'x'),
      ]);
      assert.ok(difference(rows, check.jacobian[i]) < 1e-6);
    });
  });

  it("gives the check vectors' numbers on Python's onnxruntime and on ours, and passes onnx.checker", async () => {
    const { check } = read.metadata!;
    writeFileSync(join(folder, 'small.onnx'), bytes);
    writeFileSync(
      join(folder, 'small.json'),
      JSON.stringify({ x: { shape: [2, 4], data: check.inputs.flat() } }),
    );
    const [python] = runFolder(folder);
    assert.deepEqual(python.declared, { cv: ['n', 2], jacobian: ['n', 2, 4] });
    assert.deepEqual(decodeMetadata(python.metadata), read.metadata);
    const { x, cv, jacobian } = read.graph!;
    const program = await createOnnxRuntime().compile({ inputs: [x], outputs: { cv, jacobian } });
    const node = await program.run({ x: { shape: [2, 4], data: check.inputs.flat() } });
    await program.release();
    for (const outputs of [python.outputs, node]) {
      assert.ok(difference(check.cv.flat(), outputs.cv.data) < 2e-6);
      assert.ok(difference(check.jacobian.flat(), outputs.jacobian.data) < 2e-6);
    }
  });

  it('begins with a conventional forward graph', () => {
    const { graph } = decodeOnnx(bytes);
    const end = graph.node.findIndex(({ output }) => output[0] === 'cv');
    assert.deepEqual(
      graph.node.slice(0, end + 1).map(({ opType }) => opType),
      ['Sub', 'Mul', 'Gemm', 'Tanh', 'Gemm'],
    );
    const names = [
      'features.mean',
      'features.inverse_scale',
      'encoder.0.weight',
      'encoder.0.bias',
      'encoder.1.weight',
      'encoder.1.bias',
    ];
    assert.deepEqual(
      graph.initializer.slice(0, 6).map(({ name }) => name),
      names,
    );
  });

  it('is saved and loaded through the disk, leaving nothing beside it', async () => {
    const home = mkdtempSync(join(folder, 'save-'));
    await saveModel(join(home, 'model.onnx'), model);
    assert.deepEqual(readdirSync(home), ['model.onnx']);
    assert.deepEqual(new Uint8Array(readFileSync(join(home, 'model.onnx'))), bytes);
    assert.deepEqual((await loadModel(join(home, 'model.onnx'))).metadata, read.metadata);
    await assert.rejects(loadModel(join(home, 'none.onnx')), refused('file-not-found', /none\.onnx/));
    writeFileSync(join(home, 'text.onnx'), 'no model');
    await assert.rejects(
      loadModel(join(home, 'text.onnx')),
      refused('file-format', /text\.onnx: expected an ONNX model/),
    );
    await assert.rejects(saveModel(join(home, 'no', 'folder.onnx'), model));
  });

  it('takes the version of the package where no generator is given', () => {
    const metadata = smallMetadata();
    delete metadata.generator;
    assert.match(
      readModelFile(writeModelFile({ ...model, metadata })).metadata!.generator,
      /^latentcv \d+\.\d+\.\d+/,
    );
  });

  it('refuses graphs that do not fit the metadata', () => {
    const narrow = { ...model, cv: slice(model.cv, 1, 0, 1) };
    assert.throws(
      () => writeModelFile(narrow),
      refused('bad-model', /expected cv of shape \[n, 2\].*received \[n, 1\]/),
    );
    const renamed = input('y', ['n', 4]);
    const other = { ...model, x: renamed, cv: slice(renamed, 1, 0, 2) };
    assert.throws(() => writeModelFile(other), refused('bad-model', /input to be called x but received y/));
  });

  it('refuses labels of two lines and numbers that are not finite', () => {
    const { inputs, ...rest } = smallMetadata();
    const with0 = (change: object) => ({
      ...model,
      metadata: { ...rest, inputs: [{ ...inputs[0], ...change }, ...inputs.slice(1)] },
    });
    assert.throws(() => writeModelFile(with0({ label: 'a\nb' })), refused('bad-model', /expected one line/));
    assert.throws(
      () => writeModelFile(with0({ max: NaN })),
      refused('bad-model', /finite numbers in the metadata but received NaN/),
    );
  });
});

describe('a damaged model file', () => {
  const bytes = writeModelFile(smallModel());

  it('is refused wherever it is cut off', () => {
    for (let end = 0; end < bytes.length; end++) {
      assert.throws(
        () => readModelFile(bytes.subarray(0, end)),
        (error) => {
          assert.ok(error instanceof LatentcvError, `cut at ${end}: ${String(error)}`);
          return ['file-format', 'bad-model'].includes(error.code);
        },
      );
    }
  });

  it('is refused or read, but never crashes, whichever bit is flipped', () => {
    for (let at = 0; at < bytes.length; at++) {
      const flipped = bytes.slice();
      flipped[at] ^= 1 << (at % 8);
      try {
        readModelFile(flipped);
      } catch (error) {
        assert.ok(error instanceof LatentcvError, `bit ${at % 8} of byte ${at}: ${String(error)}`);
      }
    }
  });

  it('is refused when a weight changed', () => {
    const marker = new TextEncoder().encode('encoder.1.weight');
    const at = bytes.findIndex((_, i) => marker.every((byte, j) => bytes[i + j] === byte));
    // The second occurrence is the initialiser: its raw bytes follow the name.
    const next = bytes.findIndex((_, i) => i > at && marker.every((byte, j) => bytes[i + j] === byte));
    const changed = bytes.slice();
    changed[next + marker.length + 2 + 3] ^= 0x40;
    assert.throws(
      () => readModelFile(changed),
      refused('bad-model', /check vector 1 does not reproduce|has (NaN|-?Infinity)/),
    );
  });
});

/** The metadata as text with one key changed or, where undefined, left out. */
function edited(key: string, text?: string): Uint8Array {
  const { graph, metadata } = readModelFile(writeModelFile(smallModel()));
  const properties = encodeMetadata(metadata!);
  if (text === undefined) delete properties[key];
  else properties[key] = text;
  const { x, cv, jacobian } = graph!;
  return writeOnnx({ inputs: [x], outputs: { cv, jacobian }, precision: 'float', metadata: properties });
}

describe('metadata that does not fit is refused with its key', () => {
  const cases: [string, string | undefined, RegExp][] = [
    ['latentcv.format', '2', /latentcv\.format: expected 1: the file was made by another version/],
    ['latentcv.network', undefined, /lacks latentcv\.network/],
    ['latentcv.inputs', 'a\nb', /expected 2 lines in latentcv\.inputs\.units but received 4/],
    ['latentcv.inputs.periods', 'none\nnone\n1 1\nnone', /line 3 of latentcv\.inputs\.periods/],
    [
      'latentcv.inputs.periods',
      'none\nnone\nnone\nnone',
      /line 3 of latentcv\.inputs\.periods: expected a torsion from -pi to pi/,
    ],
    [
      'latentcv.inputs.min',
      '1\n2\nx\n4',
      /line 3 of latentcv\.inputs\.min: expected finite numbers but received "x"/,
    ],
    ['latentcv.inputs.max', '1\n2\n3', /expected 4 lines in latentcv\.inputs\.max but received 3/],
    ['latentcv.outputs', 'node-0', /expected 1 lines in latentcv\.outputs\.periods but received 2/],
    ['latentcv.descriptors', undefined, /latentcv\.atoms and latentcv\.descriptors together/],
    [
      'latentcv.descriptors',
      'distance 0 1\ndistance 0 2\ntorsion 0 1 2 3\ndistance 0 9',
      /descriptor like .* received "distance 0 9"/,
    ],
    ['latentcv.atoms', '5\n7\n9\n1.5', /serials from 1 in latentcv\.atoms but received 1\.5/],
    ['latentcv.descriptors.references', '0 2 1 0 0', /reference, atom \(of 4\), weight, x, y, z/],
    [
      'latentcv.descriptors.references',
      undefined,
      /line 4 of latentcv\.descriptors: expected a reference from 0 to 0/,
    ],
    ['latentcv.descriptors.pbc', 'maybe', /latentcv\.descriptors\.pbc/],
    ['latentcv.check.cv', '1 2', /expected 2 lines in latentcv\.check\.cv but received 1/],
    [
      'latentcv.check.cv',
      '1 2\n3',
      /expected 2 numbers per line of latentcv\.check\.cv but received 1 in line 2/,
    ],
    ['latentcv.check.cv', '1 2\n3 4', /check vector 1 does not reproduce: cv value 1 is 1 in the file/],
    ['latentcv.training', '{', /latentcv\.training: expected JSON/],
  ];
  for (const [key, text, message] of cases) {
    it(`${key}: ${text === undefined ? 'left out' : JSON.stringify(text)}`, () => {
      assert.throws(() => readModelFile(edited(key, text)), refused('bad-model', message));
    });
  }

  it('leaves alone what it does not know', () => {
    assert.ok(readModelFile(edited('latentcv.later', 'x')).metadata);
    assert.ok(readModelFile(edited('other', 'x')).metadata);
  });
});

/** The small model, of a distance to a centre. */
function pointModel(): ReturnType<typeof smallModel> {
  const model = smallModel();
  const { descriptors } = model.metadata;
  const items = descriptorsBySerial(descriptors!).with(0, { kind: 'distance', atoms: [5, -1] });
  const set = descriptorSet(items, {
    pbc: descriptors!.pbc,
    references: referencesBySerial(descriptors!),
    points: [{ kind: 'centre', atoms: [7, 9] }],
  });
  return { ...model, metadata: { ...model.metadata, descriptors: set } };
}

describe('metadata as text', () => {
  it('stands in the keys that docs/architecture.md lists, and in no others', () => {
    const page = readFileSync(join(packageRoot(), 'docs', 'architecture.md'), 'utf8');
    const listed = [...page.matchAll(/`(latentcv\.[a-z.]+)`/g)].map(([, key]) => key);
    const models = [
      ...[smallModel(), pointModel(), ensembleModel()],
      ...[predictingModel(), decodingModel(), committorModel()],
    ];
    const keys = models.flatMap((model) =>
      Object.keys(encodeMetadata(readModelFile(writeModelFile(model)).metadata!)),
    );
    assert.deepEqual([...new Set(keys)].sort(), [...new Set(listed)].sort());
  });

  it('puts one item on a line and separates numbers by spaces', () => {
    const metadata: ModelMetadata = {
      ...smallMetadata(),
      generator: 'g',
      check: { inputs: [[1, 2]], cv: [[0.1]], jacobian: [[-0, 1e-7]] },
    };
    const text = encodeMetadata(metadata);
    assert.equal(text['latentcv.inputs'], 'd_5_7\nd_5_9\nt_5_7_9_15\nal_9.y');
    assert.equal(text['latentcv.inputs.periods'], 'none\nnone\n-3.141592653589793 3.141592653589793\nnone');
    assert.equal(text['latentcv.inputs.max'], '0.3333333333333333\n5e-324\n1e+22\n0.30000000000000004');
    assert.equal(text['latentcv.atoms'], '5\n7\n9\n15');
    assert.equal(
      text['latentcv.descriptors'],
      'distance 0 1\ndistance 0 2\ntorsion 0 1 2 3\naligned-y 2 reference 0',
    );
    assert.equal(
      text['latentcv.descriptors.references'].split('\n')[1],
      '0 0 0.3333333333333333 0.5 -0.3333333333333333 0.25',
    );
    assert.equal(text['latentcv.descriptors.pbc'], 'none');
    assert.equal(text['latentcv.check.inputs'], '1 2');
    assert.equal(text['latentcv.check.jacobian'], '-0 1e-7');
    assert.equal(Object.keys(text).at(-1), 'latentcv.training');
  });
});

describe('a file exported elsewhere', () => {
  const x = input('frames', ['batch', 2]);
  const y = tanh(matmul(x, constant([1, 2, 3, 4], [2, 2])));
  const write = (outputs: Record<string, Tensor>) =>
    writeOnnx({ outputs: simplify(outputs), precision: 'float' });

  it('is read with its only output as the CV, and the Jacobian derived', () => {
    const file = readModelFile(write({ z: y }));
    assert.equal(file.hasMetadata, false);
    assert.equal(file.metadata, undefined);
    const { jacobian } = evaluate(
      { jacobian: file.graph!.jacobian },
      { frames: { shape: [1, 2], data: [0, 0] } },
    );
    assert.deepEqual([...jacobian.data], [1, 3, 2, 4]);
  });

  it('tells what it cannot read, and still its inputs and outputs', () => {
    const file = readModelFile(write({ a: y, b: sin(x) }));
    assert.equal(file.graph, undefined);
    assert.match(file.problem!.message, /expected an output called cv but received a, b/);
    assert.deepEqual(file.inputs, [{ name: 'frames', type: 'FLOAT', shape: ['batch', 2] }]);
  });

  it('is read from bytes; a path is told which function takes it', () => {
    assert.throws(() => readModelFile('model.onnx' as unknown as Uint8Array), {
      code: 'bad-argument',
      message:
        'expected the bytes of a model file (loadModel takes its path) for bytes but received "model.onnx"',
    });
  });
});

describe('a decoder', () => {
  const model = decodingModel();
  const bytes = writeModelFile(model);
  const read = readModelFile(bytes);

  it('is in the file, and leaves what evaluators of CVs read as it was', () => {
    const plain = readModelFile(writeModelFile(smallModel()));
    assert.deepEqual(read.outputs, plain.outputs);
    const { decoder, check, ...rest } = read.metadata!;
    assert.ok(decoder);
    const { check: without, ...others } = plain.metadata!;
    assert.deepEqual(rest, others);
    const { reconstruction, ...same } = check;
    assert.deepEqual(same, without);
    assert.equal(reconstruction!.length, check.inputs.length);
    assert.deepEqual(writeModelFile(decodingModel()), bytes);
  });

  it('carries what it gives at the check vectors', () => {
    const { cv, reconstruction } = read.metadata!.check;
    const feeds = { cv: { shape: [cv.length, 2], data: cv.flat() } };
    const { told } = evaluate({ told: model.decoder!.reconstruction! }, feeds);
    assert.ok(difference(told.data, reconstruction!.flat()) < 1e-6);
  });

  it('is refused where it is damaged, of another shape, or gives something else', () => {
    const { decoder, ...metadata } = read.metadata!;
    const again = (metadataOf: ModelMetadata): Uint8Array =>
      writeOnnx({
        inputs: [model.x],
        outputs: { cv: model.cv },
        precision: 'float',
        metadata: encodeMetadata(metadataOf),
      });
    const cut = again({ ...metadata, decoder: decoder!.subarray(0, 60) });
    assert.throws(() => readModelFile(cut), LatentcvError);
    const text = encodeMetadata({ ...metadata, decoder: decoder! });
    text['latentcv.decoder'] = 'no bytes!';
    assert.throws(
      () => decodeMetadata(text),
      refused('bad-model', /latentcv\.decoder: expected an ONNX file in base64/),
    );
    const other = { ...metadata.check, reconstruction: metadata.check.inputs.map((row) => row.map(() => 7)) };
    assert.throws(
      () => readModelFile(again({ ...metadata, decoder: decoder!, check: other })),
      refused('bad-model', /check vector 1 does not reproduce: reconstruction value 1/),
    );
    const wider = input('cv', ['n', 3]);
    assert.throws(
      () =>
        writeModelFile({
          ...model,
          decoder: { cv: wider, reconstruction: matmul(wider, constant(Array(12).fill(0), [3, 4])) },
        }),
      refused('bad-model', /cv of the decoder of shape \[n, 2\]/),
    );
  });
});
