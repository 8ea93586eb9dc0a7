import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import {
  FunctionProtoSchema,
  ModelProtoSchema,
  SparseTensorProtoSchema,
  StringStringEntryProtoSchema,
  type ModelProto,
} from '../../../src/onnx/proto/generated.js';
import { affine, constant, evaluate, gather, input, tanh } from '../../../src/graph/index.js';
import { decodeOnnx, readModelFile, readOnnx, writeOnnx } from '../../../src/onnx/index.js';
import { LatentcvError, type ErrorCode } from '../../../src/support/errors.js';
import { difference } from '../../graph/numbers.js';
import { python } from '../python.js';

const weights = constant([1, 2, 3, 4, 5, 6], [3, 2], 'w');
const bytes = writeOnnx({
  outputs: { cv: tanh(affine(input('x', ['n', 3]), weights, constant([1, 2], [2], 'b'))) },
  precision: 'float',
});

/** The small model with something changed. */
function changed(change: (model: ModelProto) => void): Uint8Array {
  const model = fromBinary(ModelProtoSchema, bytes);
  change(model);
  return toBinary(ModelProtoSchema, model);
}

const entry = (key: string, value: string) => create(StringStringEntryProtoSchema, { key, value });
const floats = (...values: number[]) => new Uint8Array(Float32Array.from(values).buffer);

describe('readOnnx refuses', () => {
  const cases: [string, (m: ModelProto) => void, ErrorCode, RegExp][] = [
    ['no graph', (m) => delete m.graph, 'file-format', /holds no graph/],
    ['no operator set', (m) => (m.opsetImport = []), 'file-format', /no operator set/],
    [
      'an old operator set',
      (m) => (m.opsetImport[0].version = 6n),
      'bad-model',
      /operator set 7 or later but received 6/,
    ],
    [
      'external data',
      (m) => m.graph!.initializer[0].externalData.push(entry('location', '../../etc/passwd')),
      'bad-model',
      /tensor w lies outside the file/,
    ],
    [
      'a location outside',
      (m) => (m.graph!.initializer[0].dataLocation = 1),
      'bad-model',
      /tensor w lies outside the file/,
    ],
    [
      'too few bytes',
      (m) => (m.graph!.initializer[0].rawData = floats(1, 2)),
      'bad-model',
      /tensor w should have 6 values for its shape \[3, 2\] but has 2/,
    ],
    [
      'too many bytes',
      (m) => (m.graph!.initializer[1].rawData = floats(1, 2, 3)),
      'bad-model',
      /tensor b should have 2 values/,
    ],
    [
      'part of a value',
      (m) => (m.graph!.initializer[1].rawData = new Uint8Array(7)),
      'bad-model',
      /tensor b should have 2 values/,
    ],
    [
      'a negative length',
      (m) => (m.graph!.initializer[1].dims = [-2n]),
      'bad-model',
      /tensor b has the shape \[-2\]/,
    ],
    [
      'an absurd length',
      (m) => (m.graph!.initializer[1].dims = [2n ** 62n, 2n ** 62n]),
      'bad-model',
      /tensor b has the shape/,
    ],
    [
      'a large length',
      (m) => (m.graph!.initializer[1].dims = [10n ** 12n]),
      'bad-model',
      /tensor b should have 1000000000000 values/,
    ],
    [
      'NaN weights',
      (m) => (m.graph!.initializer[1].rawData = floats(1, NaN)),
      'bad-model',
      /tensor b has NaN at position 1/,
    ],
    [
      'infinite weights',
      (m) => (m.graph!.initializer[1].rawData = floats(Infinity, 1)),
      'bad-model',
      /tensor b has Infinity at position 0/,
    ],
    [
      'half precision',
      (m) => (m.graph!.initializer[1].dataType = 10),
      'bad-model',
      /tensor b has the type FLOAT16, which is not read/,
    ],
    [
      'an unknown operator',
      (m) => (m.graph!.node[1].opType = 'LSTM'),
      'bad-model',
      /node cv \(LSTM\) uses the operator LSTM, which is not read/,
    ],
    [
      'an operator called as an object member',
      (m) => (m.graph!.node[1].opType = 'constructor'),
      'bad-model',
      /operator constructor/,
    ],
    [
      'another domain',
      (m) => (m.graph!.node[1].domain = 'com.microsoft'),
      'bad-model',
      /operator com\.microsoft\.Tanh/,
    ],
    [
      'a value nobody writes',
      (m) => (m.graph!.node[1].input = ['nowhere']),
      'bad-model',
      /\(Tanh\) reads nowhere, which nothing before it writes/,
    ],
    ['nodes out of order', (m) => m.graph!.node.reverse(), 'bad-model', /\(Tanh\) reads gemm_1/],
    ['a missing input', (m) => (m.graph!.node[1].input = []), 'bad-model', /\(Tanh\) lacks its input 0/],
    [
      'shapes that do not fit',
      (m) => (m.graph!.initializer[0].dims = [2n, 3n]),
      'bad-model',
      /\(Gemm\) does not fit: matmul of .* inner lengths 3 and 2 differ/,
    ],
    [
      'an attribute of the wrong type',
      (m) => (m.graph!.node[0].attribute[0].type = 1),
      'bad-model',
      /\(Gemm\) has an attribute transA of the wrong type/,
    ],
    [
      'an output nobody writes',
      (m) => (m.graph!.output[0].name = 'z'),
      'bad-model',
      /no node writes the output z/,
    ],
    [
      'functions',
      (m) => m.functions.push(create(FunctionProtoSchema, { name: 'f' })),
      'bad-model',
      /functions of its own/,
    ],
    [
      'sparse weights',
      (m) => m.graph!.sparseInitializer.push(create(SparseTensorProtoSchema, {})),
      'bad-model',
      /sparse weights/,
    ],
    [
      'an input of text',
      (m) =>
        (m.graph!.input[0].type!.value.value = Object.assign(m.graph!.input[0].type!.value.value as object, {
          elemType: 8,
        }) as never),
      'bad-model',
      /input x has the type STRING/,
    ],
  ];
  for (const [title, change, code, message] of cases) {
    it(title, () => {
      assert.throws(
        () => readOnnx(changed(change)),
        (error) => {
          assert.ok(error instanceof LatentcvError, String(error));
          assert.equal(error.code, code);
          assert.match(error.message, message);
          return true;
        },
      );
    });
  }

  it('bytes that are something else', () => {
    const others = [
      new Uint8Array(),
      new Uint8Array(1000),
      new Uint8Array([0x89, 0x50, 0x4e, 0x47]),
      new TextEncoder().encode('#! FIELDS time d1\n'.repeat(99)),
    ];
    for (const other of others) {
      assert.throws(
        () => decodeOnnx(other),
        (error) => error instanceof LatentcvError && error.code === 'file-format',
      );
    }
  });
});

describe('readOnnx reads', () => {
  it('a graph that gathers rows by an index input', () => {
    const y = gather(constant([1, 2, 3, 4], [2, 2]), input('rows', ['b'], 'index'));
    const graph = readOnnx(writeOnnx({ outputs: { y }, precision: 'double' }));
    assert.equal(graph.inputs.rows.kind, 'index');
    assert.deepEqual([...evaluate(graph.outputs, { rows: { shape: [1], data: [1] } }).y.data], [3, 4]);
  });

  it('weights in typed fields as well as in raw bytes', () => {
    const file = changed((m) => {
      Object.assign(m.graph!.initializer[1], { rawData: new Uint8Array(), floatData: [0.5, -0.5] });
    });
    const { cv } = evaluate(readOnnx(file).outputs, { x: { shape: [1, 3], data: [0, 0, 0] } });
    assert.deepEqual([...cv.data], [Math.tanh(0.5), Math.tanh(-0.5)]);
  });

  it('what our files do not have: alpha and beta of Gemm', () => {
    const file = changed((m) => {
      const [template] = m.graph!.node[0].attribute;
      for (const [name, f] of [
        ['alpha', 2],
        ['beta', 3],
      ] as const)
        m.graph!.node[0].attribute.push({ ...template, name, type: 1, i: 0n, f });
    });
    const { cv } = evaluate(readOnnx(file).outputs, { x: { shape: [1, 3], data: [0.1, 0, 0] } });
    assert.ok(difference([Math.tanh(2 * 0.1 + 3), Math.tanh(2 * 0.2 + 6)], cv.data) < 1e-15);
  });
});

/** The same network written as PyTorch's exporter does: Constant nodes, transB, Unsqueeze, Shape arithmetic, … */
const exportScript = `
import sys, json, numpy as np, onnx, onnxruntime
from onnx import helper as h, numpy_helper as nh, TensorProto as T
r = np.random.default_rng(0)
a = lambda *s: r.standard_normal(s).astype(np.float32)
init = lambda n, v: nh.from_array(np.asarray(v), n)
i64 = lambda n, *v: nh.from_array(np.array(v, np.int64), n)
nodes = [
  h.make_node('Constant', [], ['mean'], value=nh.from_array(a(4))),
  h.make_node('Sub', ['x', 'mean'], ['/norm/Sub_output_0'], name='/norm/Sub'),
  h.make_node('Div', ['/norm/Sub_output_0', 'range'], ['d'], name='/norm/Div'),
  h.make_node('Gemm', ['d', 'w1', 'b1'], ['g'], transB=1, alpha=1.0, beta=1.0),
  h.make_node('Elu', ['g'], ['e'], alpha=0.5),
  h.make_node('MatMul', ['e', 'w2'], ['m']),
  h.make_node('Add', ['b2', 'm'], ['s']),
  h.make_node('LeakyRelu', ['s'], ['l'], alpha=0.01),
  h.make_node('Shape', ['l'], ['shape']),
  h.make_node('Gather', ['shape', 'zero'], ['n'], axis=0),
  h.make_node('Unsqueeze', ['n', 'axis0'], ['n1']),
  h.make_node('Concat', ['n1', 'minus1', 'two'], ['target'], axis=0),
  h.make_node('Reshape', ['l', 'target'], ['r3']),
  h.make_node('ReduceMean', ['r3'], ['mean2'], axes=[-1], keepdims=0),
  h.make_node('Flatten', ['mean2'], ['f'], axis=1),
  h.make_node('Split', ['f', 'parts'], ['p', 'q'], axis=1),
  h.make_node('Pow', ['p', 'exponent'], ['p2']),
  h.make_node('Softplus', ['q'], ['q2']),
  h.make_node('Concat', ['p2', 'q2', 'p'], ['c'], axis=-1),
  h.make_node('Slice', ['c', 'start', 'stop', 'axis1'], ['cv']),
]
inits = [init('range', a(4) + 3), init('w1', a(6, 4)), init('b1', a(6)), init('w2', a(6, 6)), init('b2', a(6)),
  i64('axis0', 0), i64('axis1', 1), i64('minus1', -1), i64('two', 2), i64('parts', 1, 2), i64('start', 1), i64('stop', 2**62),
  nh.from_array(np.array(0, np.int64), 'zero'), nh.from_array(np.array(2, np.float32), 'exponent')]
x, y = h.make_tensor_value_info('x', T.FLOAT, ['batch', 4]), h.make_tensor_value_info('cv', T.FLOAT, ['batch', 3])
m = h.make_model(h.make_graph(nodes, 'main_graph', [x], [y], inits), opset_imports=[h.make_opsetid('', 17)], producer_name='pytorch')
m.ir_version = 8
onnx.checker.check_model(m, full_check=True)
onnx.save(m, sys.argv[1])
feed = a(5, 4)
out = onnxruntime.InferenceSession(sys.argv[1], providers=['CPUExecutionProvider']).run(None, {'x': feed})[0]
print(json.dumps({'x': feed.ravel().tolist(), 'cv': out.ravel().tolist()}))
`;
import { temporaryFolder } from '../../temporary-folder.js';

describe('a file as other exporters write it', () => {
  const folder = temporaryFolder('read');

  it("is read to the numbers of Python's onnxruntime, with a Jacobian of our own", () => {
    const path = join(folder, 'elsewhere.onnx');
    const { x, cv } = JSON.parse(python(exportScript, path)) as { x: number[]; cv: number[] };
    const file = readModelFile(readFileSync(path));
    assert.equal(file.problem, undefined);
    assert.equal(file.producer, 'pytorch');
    assert.deepEqual(file.graph!.cv.shape, ['batch', 3]);
    assert.deepEqual(file.graph!.jacobian.shape, ['batch', 3, 4]);
    const values = evaluate({ cv: file.graph!.cv }, { x: { shape: [5, 4], data: x } });
    assert.ok(difference(cv, values.cv.data) < 1e-5);
  });
});
