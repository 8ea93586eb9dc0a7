import { add, broadcastTo, matmul, mul, neg, reduceSum, reshape, scalar, sub, transpose } from './ops.js';
import { makeTensor } from './make-tensor.js';
import { sameShape, type Op, type Tensor, type TensorOf } from './tensor.js';

/** A simpler tensor of the same value and shape, or undefined where the rule has nothing to say. */
type SimplifyRule<O extends Op> = (x: TensorOf<O>) => Tensor | undefined;

/** The algebra that removes what reverse mode leaves behind. Not a table of all ops: most need no rule. */
export const simplifyRules: { [O in Op]?: readonly SimplifyRule<O>[] } = {
  stopGradient: [(y) => y.inputs[0]],
  neg: [negTwice, negScaled],
  add: [addZero, addNegative, addToItself, absorbBroadcast],
  sub: [subZero, subFromZero, subNegative, absorbBroadcast],
  mul: [mulZero, mulOne, mulMinusOne, mulUniform, mulNested, mulNegative, absorbBroadcast],
  div: [divOne, divByConstant, absorbBroadcast],
  pow: [(y) => (y.attributes.exponent === 1 ? y.inputs[0] : undefined)],
  power: [absorbBroadcast],
  maximum: [absorbBroadcast],
  minimum: [absorbBroadcast],
  where: [absorbBroadcast],
  matmul: [matmulTranspose, matmulBroadcastRow],
  transpose: [transposeTwice, transposeNothing],
  reshape: [reshapeTwice, reshapeNothing],
  broadcastTo: [broadcastTwice, (y) => (sameShape(y.inputs[0].shape, y.shape) ? y.inputs[0] : undefined)],
  reduceSum: [sumNothing, sumTwice],
  concat: [(y) => (y.inputs.length === 1 ? y.inputs[0] : undefined)],
  slice: [sliceAll],
  pad: [({ inputs: [x], attributes: { before, after } }) => (before === 0 && after === 0 ? x : undefined)],
};

/** The one value of a constant that has the same value everywhere. */
function uniformValue(x: Tensor): number | undefined {
  if (x.op === 'broadcastTo' || x.op === 'reshape') return uniformValue(x.inputs[0]);
  if (x.op !== 'constant' || x.attributes.values.length === 0) return undefined;
  const [first, ...rest] = x.attributes.values.length <= 64 ? x.attributes.values : [];
  return first !== undefined && rest.every((value) => Object.is(value, first)) ? first : undefined;
}

const is = (x: Tensor, value: number) => uniformValue(x) === value;
const stretched = (x: Tensor, y: { shape: Tensor['shape'] }) => broadcastTo(x, y.shape);

function negTwice({ inputs: [x] }: TensorOf<'neg'>): Tensor | undefined {
  return x.op === 'neg' ? x.inputs[0] : undefined;
}

function negScaled({ inputs: [x] }: TensorOf<'neg'>): Tensor | undefined {
  const split = x.op === 'mul' ? splitScalar(x) : undefined;
  return split ? mul(split.rest, -split.factor) : undefined;
}

function addZero(y: TensorOf<'add'>): Tensor | undefined {
  const [a, b] = y.inputs as [Tensor, Tensor];
  if (is(a, 0)) return stretched(b, y);
  return is(b, 0) ? stretched(a, y) : undefined;
}

function addNegative({ inputs }: TensorOf<'add'>): Tensor | undefined {
  const [a, b] = inputs as [Tensor, Tensor];
  if (b.op === 'neg') return sub(a, b.inputs[0]);
  return a.op === 'neg' ? sub(b, a.inputs[0]) : undefined;
}

function addToItself({ inputs: [a, b], kind }: TensorOf<'add'>): Tensor | undefined {
  return a === b && kind === 'real' ? mul(a, 2) : undefined;
}

function subZero(y: TensorOf<'sub'>): Tensor | undefined {
  return is(y.inputs[1], 0) ? stretched(y.inputs[0], y) : undefined;
}

function subFromZero(y: TensorOf<'sub'>): Tensor | undefined {
  return is(y.inputs[0], 0) && y.kind === 'real' ? stretched(neg(y.inputs[1]), y) : undefined;
}

function subNegative({ inputs: [a, b] }: TensorOf<'sub'>): Tensor | undefined {
  return b.op === 'neg' ? add(a, b.inputs[0]) : undefined;
}

function mulZero(y: TensorOf<'mul'>): Tensor | undefined {
  return y.inputs.some((x) => is(x, 0)) ? broadcastTo(scalar(0), y.shape) : undefined;
}

function mulOne(y: TensorOf<'mul'>): Tensor | undefined {
  const [a, b] = y.inputs as [Tensor, Tensor];
  if (is(a, 1)) return stretched(b, y);
  return is(b, 1) ? stretched(a, y) : undefined;
}

function mulMinusOne(y: TensorOf<'mul'>): Tensor | undefined {
  const [a, b] = y.inputs as [Tensor, Tensor];
  if (is(a, -1)) return stretched(neg(b), y);
  return is(b, -1) ? stretched(neg(a), y) : undefined;
}

/** A constant that is the same everywhere → a scalar, where the other factor has the full shape. */
function mulUniform(y: TensorOf<'mul'>): Tensor | undefined {
  const at = y.inputs.findIndex((x) => x.shape.length > 0 && uniformValue(x) !== undefined);
  const other = y.inputs[1 - at];
  if (at < 0 || !sameShape(other.shape, y.shape)) return undefined;
  return mul(other, uniformValue(y.inputs[at])!);
}

/** (x·c)·d → x·(cd) for scalar constants. */
function mulNested(y: TensorOf<'mul'>): Tensor | undefined {
  const outer = splitScalar(y);
  const inner = outer && outer.rest.op === 'mul' ? splitScalar(outer.rest) : undefined;
  return inner ? stretched(mul(inner.rest, inner.factor * outer!.factor), y) : undefined;
}

/** (−a)·c → a·(−c), and (−a)·b → −(a·b), which often cancels further up. */
function mulNegative(y: TensorOf<'mul'>): Tensor | undefined {
  const [a, b] = y.inputs as [Tensor, Tensor];
  const negative = [a, b].find((x) => x.op === 'neg');
  if (!negative) return undefined;
  const other = negative === a ? b : a;
  const value = scalarValue(other);
  return value === undefined ? neg(mul(negative.inputs[0], other)) : mul(negative.inputs[0], -value);
}

function divOne(y: TensorOf<'div'>): Tensor | undefined {
  return is(y.inputs[1], 1) ? stretched(y.inputs[0], y) : undefined;
}

/** x / c → x·(1/c) for powers of two, where both are the same number, and for counts of a mean. */
function divByConstant(y: TensorOf<'div'>): Tensor | undefined {
  const value = scalarValue(y.inputs[1]);
  return value === undefined || value === 0 ? undefined : mul(y.inputs[0], 1 / value);
}

function splitScalar(y: TensorOf<'mul'>): { factor: number; rest: Tensor } | undefined {
  const [a, b] = y.inputs as [Tensor, Tensor];
  const [left, right] = [scalarValue(a), scalarValue(b)];
  if (right !== undefined) return { factor: right, rest: a };
  return left === undefined ? undefined : { factor: left, rest: b };
}

function scalarValue(x: Tensor): number | undefined {
  return x.op === 'constant' && x.shape.length === 0 ? x.attributes.values[0] : undefined;
}

/** An elementwise op stretches its inputs itself, where another input already has the full shape. */
function absorbBroadcast(
  y: TensorOf<'add' | 'sub' | 'mul' | 'div' | 'power' | 'maximum' | 'minimum' | 'where'>,
): Tensor | undefined {
  const at = y.inputs.findIndex((x) => x.op === 'broadcastTo');
  if (at < 0) return undefined;
  const unbroadcast = y.inputs[at].inputs[0];
  const inputs = y.inputs.map((x, i) => (i === at ? unbroadcast : x));
  const others = y.inputs.some((x, i) => i !== at && sameShape(x.shape, y.shape));
  return others ? makeTensor(y.op, inputs, y.attributes) : undefined;
}

function matmulTranspose({ inputs, attributes }: TensorOf<'matmul'>): Tensor | undefined {
  const [a, b] = inputs as [Tensor, Tensor];
  const { transposeA, transposeB } = attributes;
  if (a.op === 'transpose' && swaps(a))
    return matmul(a.inputs[0], b, { transposeA: !transposeA, transposeB });
  if (b.op === 'transpose' && swaps(b))
    return matmul(a, b.inputs[0], { transposeA, transposeB: !transposeB });
  return undefined;
}

const swaps = ({ attributes: { permutation } }: TensorOf<'transpose'>) => {
  const [first, last] = [permutation.length - 2, permutation.length - 1];
  return permutation.every((axis, i) => axis === (i === first ? last : i === last ? first : i));
};

/** One row repeated times a matrix is the product of that row, repeated: what a Jacobian's seeds meet first. */
function matmulBroadcastRow(y: TensorOf<'matmul'>): Tensor | undefined {
  const [a, b] = y.inputs as [Tensor, Tensor];
  if (a.op !== 'broadcastTo' || y.attributes.transposeA || a.shape[0] === 1) return undefined;
  if (a.shape.length > 2 || b.shape.length > 2) return undefined;
  const [source] = a.inputs as [Tensor];
  const sourceRows = source.shape.length === 2 ? source.shape[0] : 1;
  if (sourceRows !== 1) return undefined;
  return broadcastTo(matmul(broadcastTo(source, [1, a.shape[1]]), b, y.attributes), y.shape);
}

function transposeTwice({
  inputs: [x],
  attributes: { permutation },
}: TensorOf<'transpose'>): Tensor | undefined {
  if (x.op !== 'transpose') return undefined;
  const inner = x.attributes.permutation;
  return transpose(
    x.inputs[0],
    permutation.map((axis) => inner[axis]),
  );
}

function transposeNothing({
  inputs: [x],
  attributes: { permutation },
}: TensorOf<'transpose'>): Tensor | undefined {
  return permutation.every((axis, i) => axis === i) ? x : undefined;
}

function reshapeTwice(y: TensorOf<'reshape'>): Tensor | undefined {
  const [x] = y.inputs as [Tensor];
  return x.op === 'reshape' ? reshape(x.inputs[0], y.shape) : undefined;
}

function reshapeNothing(y: TensorOf<'reshape'>): Tensor | undefined {
  return sameShape(y.inputs[0].shape, y.shape) ? y.inputs[0] : undefined;
}

function broadcastTwice(y: TensorOf<'broadcastTo'>): Tensor | undefined {
  const [x] = y.inputs as [Tensor];
  return x.op === 'broadcastTo' ? broadcastTo(x.inputs[0], y.shape) : undefined;
}

/** A sum over axes of length 1 is a reshape. */
function sumNothing(y: TensorOf<'reduceSum'>): Tensor | undefined {
  const [x] = y.inputs as [Tensor];
  return y.attributes.axes.every((axis) => x.shape[axis] === 1) ? reshape(x, y.shape) : undefined;
}

function sumTwice(y: TensorOf<'reduceSum'>): Tensor | undefined {
  const [x] = y.inputs as [Tensor];
  if (x.op !== 'reduceSum' || !x.attributes.keepDims || !y.attributes.keepDims) return undefined;
  const axes = [...new Set([...x.attributes.axes, ...y.attributes.axes])];
  return reduceSum(x.inputs[0], axes, true);
}

function sliceAll({ inputs: [x], attributes: { axis, start, end } }: TensorOf<'slice'>): Tensor | undefined {
  return start === 0 && end === x.shape[axis] ? x : undefined;
}
