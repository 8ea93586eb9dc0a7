import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import {
  add,
  affine,
  constant,
  evaluate,
  gradient,
  input,
  matmul,
  mul,
  reduceSum,
  simplify,
  size,
  tanh,
  type Feeds,
  type Tensor,
} from '../../../src/graph/index.js';
import { decodeOnnx, readOnnx, writeOnnx, type Precision } from '../../../src/onnx/index.js';
import { LatentcvError } from '../../../src/support/errors.js';
import { buildCase, opCases, type OpCase } from '../../graph/op-cases.js';
import { difference, generator, randomFeed } from '../../graph/numbers.js';
import { runFolder } from '../python.js';
import { temporaryFolder } from '../../temporary-folder.js';

interface Written {
  outputs: Record<string, Tensor>;
  inputs: Tensor[];
  feeds: Feeds;
  precision: Precision;
}

function written(opCase: OpCase, precision: Precision): Written {
  const { inputs, result } = buildCase(opCase);
  const weights = input('weights', result.shape);
  const gradients = gradient(reduceSum(mul(result, weights)), inputs);
  const outputs = {
    result,
    ...Object.fromEntries(gradients.map((g, i) => [`gradient_${inputs[i].name}`, g])),
  };
  const random = generator(5);
  const feeds = Object.fromEntries([
    ...opCase.operands.map(({ name, shape, range }) => [name, randomFeed(random, shape, range)] as const),
    ['weights', randomFeed(random, result.shape)],
  ]);
  return { outputs: simplify(outputs), inputs: [...inputs, weights], feeds, precision };
}

const jsonFeeds = (feeds: Feeds) =>
  JSON.stringify(
    Object.fromEntries(
      Object.entries(feeds).map(([k, v]) => [k, { shape: v.shape, data: Array.from(v.data) }]),
    ),
  );

describe("files that onnx.checker accepts and Python's onnxruntime runs to the reference numbers", () => {
  const folder = temporaryFolder('onnx');

  it('every op and its gradients, in both precisions', () => {
    const models = (['float', 'double'] as const).flatMap((precision) =>
      opCases.map((opCase) => written(opCase, precision)),
    );
    models.forEach((model, i) => {
      writeFileSync(join(folder, `${String(i).padStart(4, '0')}.onnx`), writeOnnx(model));
      writeFileSync(join(folder, `${String(i).padStart(4, '0')}.json`), jsonFeeds(model.feeds));
    });
    const results = runFolder(folder);
    assert.equal(results.length, models.length);
    results.forEach(({ outputs, ir, opset }, i) => {
      assert.deepEqual([ir, opset], [8, 17]);
      const model = models[i];
      const expected = evaluate(model.outputs, model.feeds, model.inputs);
      for (const [name, { shape, data }] of Object.entries(expected)) {
        const title = `${opCases[i % opCases.length].title}, ${model.precision}: ${name}`;
        assert.deepEqual(outputs[name].shape, shape, title);
        const tolerance = model.precision === 'float' ? 5e-6 : 1e-13;
        assert.ok(difference(data, outputs[name].data) < tolerance, title);
      }
    });
  });
});

describe('reading back what was written', () => {
  for (const opCase of opCases) {
    it(opCase.title, () => {
      const { outputs, inputs, feeds } = written(opCase, 'double');
      const graph = readOnnx(writeOnnx({ outputs, inputs, precision: 'double' }));
      const expected = evaluate(outputs, feeds, inputs);
      const read = evaluate(graph.outputs, feeds, Object.values(graph.inputs));
      for (const [name, { shape, data }] of Object.entries(expected)) {
        assert.deepEqual(read[name].shape, shape);
        assert.deepEqual(graph.outputs[name].shape, outputs[name].shape);
        assert.ok(difference(data, read[name].data) < 1e-14, name);
      }
    });
  }
});

describe('writeOnnx', () => {
  const x = input('x', ['n', 2]);
  const layer = affine(
    x,
    constant([1, 2, 3, 4, 5, 6], [2, 3], 'encoder.0.weight'),
    constant([1, 2, 3], [3], 'encoder.0.bias'),
  );
  const nodes = (outputs: Record<string, Tensor>, inputs?: Tensor[]) =>
    decodeOnnx(writeOnnx({ outputs, precision: 'float', ...(inputs ? { inputs } : {}) })).graph;

  it('gives the same bytes for the same graph', () => {
    const bytes = () =>
      writeOnnx({
        outputs: simplify({ y: tanh(layer), g: gradient(reduceSum(layer), [x])[0] }),
        precision: 'float',
      });
    assert.deepEqual(bytes(), bytes());
  });

  it('writes an affine layer as one Gemm with named weights', () => {
    const graph = nodes({ y: tanh(layer) });
    assert.deepEqual(
      graph.node.map(({ opType }) => opType),
      ['Gemm', 'Tanh'],
    );
    assert.deepEqual(graph.node[0].input, ['x', 'encoder.0.weight', 'encoder.0.bias']);
    assert.deepEqual(graph.node[1].output, ['y']);
    assert.deepEqual(
      graph.initializer.map(({ name }) => name),
      ['encoder.0.weight', 'encoder.0.bias'],
    );
  });

  it('keeps a product apart that something else reads', () => {
    const product = matmul(x, constant([1, 2, 3, 4], [2, 2]));
    const graph = nodes({ y: add(product, constant([1, 2], [2])), product });
    assert.deepEqual(
      graph.node.map(({ opType }) => opType),
      ['MatMul', 'Add'],
    );
  });

  it('does not fold a sum that is larger than the product into a Gemm', () => {
    const product = matmul(input('a', [1, 2]), constant([1, 2, 3, 4], [2, 2]));
    const graph = nodes({ y: add(product, constant([1, 2, 3, 4], [2, 2])) });
    assert.deepEqual(
      graph.node.map(({ opType }) => opType),
      ['MatMul', 'Add'],
    );
  });

  it('gives every output its name: inputs, constants and one tensor under two names too', () => {
    const y = tanh(x);
    const outputs = { y, again: y, x2: x, c: constant([7], [1]) };
    const graph = readOnnx(writeOnnx({ outputs, precision: 'double' }));
    const feeds = { x: { shape: [1, 2], data: [0.5, -0.5] } };
    const read = evaluate(graph.outputs, feeds);
    assert.deepEqual([...read.again.data], [Math.tanh(0.5), Math.tanh(-0.5)]);
    assert.deepEqual([...read.x2.data], [0.5, -0.5]);
    assert.deepEqual([...read.c.data], [7]);
  });

  it('tells weights of one name apart', () => {
    const graph = nodes({ y: add(mul(x, constant([1, 2], [2], 'w')), constant([3, 4], [2], 'w')) });
    assert.deepEqual(
      graph.initializer.map(({ name }) => name),
      ['w', 'w_2'],
    );
  });

  it('keeps metadata in order', () => {
    const bytes = writeOnnx({ outputs: { y: tanh(x) }, precision: 'float', metadata: { b: '1', a: 'é\n2' } });
    assert.deepEqual(Object.entries(decodeOnnx(bytes).metadata), [
      ['b', '1'],
      ['a', 'é\n2'],
    ]);
  });

  const refused: [string, () => unknown, RegExp][] = [
    ['inputs that are not listed', () => nodes({ y: tanh(x) }, []), /the input x is used but not among/],
    [
      'two inputs of one name',
      () => nodes({ y: add(input('a', [2]), input('a', [2])) }),
      /two inputs are called a/,
    ],
    ['an output called as an input', () => nodes({ x: tanh(x) }), /two values are called x/],
    ['an axis no input tells', () => nodes({ y: size(['k']) }), /no input tells the length of axis k/],
    [
      'a result as an input',
      () => nodes({ y: tanh(x) }, [x, tanh(x)]),
      /expected inputs but received the result of tanh/,
    ],
  ];
  for (const [title, write, message] of refused) {
    it(`refuses ${title}`, () => {
      assert.throws(
        write,
        (error) =>
          error instanceof LatentcvError && error.code === 'bad-graph' && message.test(error.message),
      );
    });
  }
});
