import { topological, type Feed, type Op, type Shape, type Tensor, type TensorOf } from '../graph/index.js';

/** A tensor of TensorFlow.js, as far as it is used here. */
export interface TfTensor {
  readonly shape: readonly number[];
  dataSync(): ArrayLike<number>;
  dispose(): void;
}

type DType = 'float32' | 'int32' | 'bool';
type Unary = (x: TfTensor) => TfTensor;
type Binary = (a: TfTensor, b: TfTensor) => TfTensor;
type UnaryOp =
  | ('neg' | 'exp' | 'log' | 'sqrt' | 'abs' | 'sign' | 'sin' | 'cos' | 'tanh' | 'sigmoid')
  | ('erf' | 'atan' | 'floor' | 'round');
type BinaryOp = 'add' | 'sub' | 'mul' | 'div' | 'maximum' | 'minimum' | 'greater';

/** The part of TensorFlow.js that is used: told here, so that its packages need not be installed to compile. */
export interface TensorFlow extends Record<UnaryOp | 'relu' | 'softplus', Unary>, Record<BinaryOp, Binary> {
  ready(): Promise<void>;
  setBackend(name: string): Promise<boolean>;
  tidy<T>(run: () => T): T;
  keep(tensor: TfTensor): TfTensor;
  tensor(values: ArrayLike<number>, shape: readonly number[], dtype: DType): TfTensor;
  zeros(shape: readonly number[]): TfTensor;
  cast(x: TfTensor, dtype: DType): TfTensor;
  pow: Binary;
  leakyRelu(x: TfTensor, alpha: number): TfTensor;
  where(mask: TfTensor, a: TfTensor, b: TfTensor): TfTensor;
  softmax(x: TfTensor, axis: number): TfTensor;
  matMul(a: TfTensor, b: TfTensor, transposeA: boolean, transposeB: boolean): TfTensor;
  clipByValue(x: TfTensor, low: number, high: number): TfTensor;
  topk(x: TfTensor, k: number): { values: TfTensor; indices: TfTensor };
  max(x: TfTensor, axes: readonly number[], keepDims: boolean): TfTensor;
  sum(x: TfTensor, axes: readonly number[], keepDims: boolean): TfTensor;
  transpose(x: TfTensor, permutation: readonly number[]): TfTensor;
  reshape(x: TfTensor, shape: readonly number[]): TfTensor;
  broadcastTo(x: TfTensor, shape: readonly number[]): TfTensor;
  concat(parts: readonly TfTensor[], axis: number): TfTensor;
  slice(x: TfTensor, begin: readonly number[], size: readonly number[]): TfTensor;
  pad(x: TfTensor, paddings: readonly (readonly [number, number])[]): TfTensor;
  gather(x: TfTensor, index: TfTensor, axis: number): TfTensor;
  scatterND(index: TfTensor, values: TfTensor, shape: readonly number[]): TfTensor;
}

interface Call<O extends Op> {
  tf: TensorFlow;
  inputs: readonly TfTensor[];
  attributes: TensorOf<O>['attributes'];
  shape: readonly number[];
  resolve: (shape: Shape) => number[];
}
type Rule<O extends Op> = (call: Call<O>) => TfTensor;

const unary =
  (op: UnaryOp | 'relu' | 'softplus'): Rule<Op> =>
  ({ tf, inputs }) =>
    tf[op](inputs[0]);

const binary =
  (op: BinaryOp): Rule<Op> =>
  ({ tf, inputs }) =>
    tf[op](inputs[0], inputs[1]);

const scalar = (tf: TensorFlow, value: number): TfTensor => tf.tensor([value], [], 'float32');
const rowsOf = (shape: readonly number[], f: (axis: number) => number): number[] => shape.map((_, i) => f(i));

/** How TensorFlow.js computes each op. */
const rules: { [O in Op]: Rule<O> } = {
  input: () => {
    throw new TypeError('inputs are fed, not computed');
  },
  constant: ({ tf, attributes: { values, kind }, shape }) =>
    tf.tensor(typed(values, kind), shape, kind === 'index' ? 'int32' : 'float32'),
  size: ({ tf, attributes, resolve }) =>
    scalar(
      tf,
      resolve(attributes.shape).reduce((a, b) => a * b, 1),
    ),

  neg: unary('neg'),
  exp: unary('exp'),
  log: unary('log'),
  sqrt: unary('sqrt'),
  abs: unary('abs'),
  sign: unary('sign'),
  sin: unary('sin'),
  cos: unary('cos'),
  tanh: unary('tanh'),
  sigmoid: unary('sigmoid'),
  erf: unary('erf'),
  atan: unary('atan'),
  floor: unary('floor'),
  round: unary('round'),
  clip: ({ tf, inputs, attributes: { low, high } }) => tf.clipByValue(inputs[0], low, high),
  relu: unary('relu'),
  leakyRelu: ({ tf, inputs, attributes }) => tf.leakyRelu(inputs[0], attributes.alpha),
  elu: ({ tf, inputs: [x], attributes }) => {
    const below = tf.mul(
      tf.sub(tf.exp(tf.minimum(x, scalar(tf, 0))), scalar(tf, 1)),
      scalar(tf, attributes.alpha),
    );
    return tf.add(tf.relu(x), below);
  },
  softplus: unary('softplus'),
  pow: ({ tf, inputs, attributes }) => tf.pow(inputs[0], scalar(tf, attributes.exponent)),
  stopGradient: ({ inputs }) => inputs[0],

  add: binary('add'),
  sub: binary('sub'),
  mul: binary('mul'),
  div: binary('div'),
  power: ({ tf, inputs }) => tf.pow(inputs[0], inputs[1]),
  maximum: binary('maximum'),
  minimum: binary('minimum'),
  greater: ({ tf, inputs }) => tf.cast(tf.greater(inputs[0], inputs[1]), 'float32'),
  where: ({ tf, inputs: [mask, a, b], shape }) => {
    const wide = (x: TfTensor): TfTensor => tf.broadcastTo(x, shape);
    return tf.where(tf.cast(wide(mask), 'bool'), wide(a), wide(b));
  },
  softmax: ({ tf, inputs }) => tf.softmax(inputs[0], -1),

  // its own broadcasting of leading axes loses matrices
  matmul: ({ tf, inputs, attributes: { transposeA, transposeB }, shape }) => {
    const [a, b] = inputs.map((x) => {
      const wide = [...shape.slice(0, -2), ...x.shape.slice(-2)];
      return wide.join() === x.shape.join() ? x : tf.broadcastTo(x, wide);
    });
    return tf.matMul(a, b, transposeA, transposeB);
  },
  reduceSum: ({ tf, inputs, attributes: { axes, keepDims } }) =>
    axes.length === 0 ? inputs[0] : tf.sum(inputs[0], axes, keepDims),
  reduceMax: ({ tf, inputs, attributes: { axes, keepDims } }) =>
    axes.length === 0 ? inputs[0] : tf.max(inputs[0], axes, keepDims),
  transpose: ({ tf, inputs, attributes }) => tf.transpose(inputs[0], attributes.permutation),
  reshape: ({ tf, inputs, shape }) => tf.reshape(inputs[0], shape),
  broadcastTo: ({ tf, inputs, shape }) => tf.broadcastTo(inputs[0], shape),
  concat: ({ tf, inputs, attributes }) => tf.concat(inputs, attributes.axis),
  slice: ({ tf, inputs, attributes: { axis, start }, shape }) =>
    tf.slice(
      inputs[0],
      rowsOf(shape, (i) => (i === axis ? start : 0)),
      shape,
    ),
  pad: ({ tf, inputs, attributes: { axis, before, after }, shape }) =>
    tf.pad(
      inputs[0],
      shape.map((_, i): [number, number] => (i === axis ? [before, after] : [0, 0])),
    ),
  gather: ({ tf, inputs, attributes }) => tf.gather(inputs[0], inputs[1], attributes.axis),
  scatterAdd: ({ tf, inputs: [values, index], attributes: { axis }, shape }) => {
    const front = toFront(values.shape.length, axis, index.shape.length);
    const order = toFront(shape.length, axis, 1);
    const places = tf.reshape(index, [...index.shape, 1]);
    const scattered = tf.scatterND(
      places,
      tf.transpose(values, front),
      order.map((from) => shape[from]),
    );
    return tf.transpose(
      scattered,
      order.map((_, to) => order.indexOf(to)),
    );
  },
  largestPlaces: ({ tf, inputs, attributes }) => tf.topk(inputs[0], attributes.k).indices,
  takeAlong: ({ tf, inputs: [x, index], shape }) => {
    const flat = tf.gather(tf.reshape(x, [-1]), tf.reshape(inRows(tf, index, x.shape.at(-1)!), [-1]), 0);
    return tf.reshape(flat, shape);
  },
  putAlong: ({ tf, inputs: [values, index], attributes: { length }, shape }) => {
    const places = tf.reshape(inRows(tf, index, length), [-1, 1]);
    const count = shape.reduce((a, b) => a * b, 1);
    return tf.reshape(tf.scatterND(places, tf.reshape(values, [-1]), [count]), shape);
  },
};

/** The order of axes with `count` of them, from an axis on, before all others. */
function toFront(rank: number, axis: number, count: number): number[] {
  const axes = Array.from({ length: rank }, (_, i) => i);
  return [...axes.slice(axis, axis + count), ...axes.slice(0, axis), ...axes.slice(axis + count)];
}

/** Places along the last axis as places in all the rows together. */
function inRows(tf: TensorFlow, index: TfTensor, width: number): TfTensor {
  const rows = index.shape.slice(0, -1);
  const count = rows.reduce((a, b) => a * b, 1);
  const starts = Int32Array.from({ length: count }, (_, row) => row * width);
  return tf.add(index, tf.tensor(starts, [...rows, 1], 'int32'));
}

/** Values of expressions from those of their inputs, which the caller fed. Made within `tf.tidy`. */
export function compute(
  tf: TensorFlow,
  outputs: Readonly<Record<string, Tensor>>,
  fedValues: ReadonlyMap<Tensor, TfTensor>,
  lengths: ReadonlyMap<string, number>,
): Record<string, TfTensor> {
  const values = new Map(fedValues);
  const resolve = (shape: Shape): number[] =>
    shape.map((dim) => (typeof dim === 'number' ? dim : lengths.get(dim)!));
  for (const tensor of topological(Object.values(outputs))) {
    if (values.has(tensor)) continue;
    const rule = rules[tensor.op] as Rule<Op>;
    const inputs = tensor.inputs.map((from) => values.get(from)!);
    const call = { tf, inputs, attributes: tensor.attributes, shape: resolve(tensor.shape), resolve };
    values.set(tensor, rule(call));
  }
  return Object.fromEntries(
    Object.entries(outputs).map(([name, tensor]) => [name, values.get(tensor)!] as const),
  );
}

/** A fed value. */
export function fed(tf: TensorFlow, { kind }: Tensor, { data, shape }: Feed): TfTensor {
  return tf.tensor(typed(data, kind), shape, kind === 'index' ? 'int32' : 'float32');
}

function typed(data: ArrayLike<number>, kind: Tensor['kind']): Int32Array | Float32Array {
  if (kind === 'index') return data instanceof Int32Array ? data : Int32Array.from(data);
  return data instanceof Float32Array ? data : Float32Array.from(data);
}
