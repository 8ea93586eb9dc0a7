import {
  abs,
  add,
  broadcastShapes,
  broadcastTo,
  clip,
  constantValue,
  cos,
  div,
  elu,
  erf,
  exp,
  floor,
  greater,
  leakyRelu,
  log,
  maximum,
  minimum,
  mul,
  neg,
  pow,
  power,
  relu,
  scalar,
  sigmoid,
  sign,
  sin,
  softplus,
  sqrt,
  square,
  sub,
  tanh,
  where,
  type Tensor,
} from '../../../graph/index.js';
import { inverseForms, truncate } from './inverse.js';
import { allLengths, arithmetic, chooseLengths, equalLengths } from '../lengths.js';
import { shortest, type NodeReader, type ReadForm, type ReadForms } from '../node-reader.js';
import { logarithm, quotient } from './recognised.js';
import { lengths, type Value } from '../values.js';

const unary =
  (build: (x: Tensor) => Tensor): ReadForm =>
  (node) =>
    build(node.tensor(0));
/** Of whole numbers that are known, the same function of numbers. */
const unaryOrWhole =
  (build: (x: Tensor) => Tensor, whole: (x: number) => number): ReadForm =>
  (node) => {
    const value = node.value(0);
    if (value.op !== 'lengths') return build(node.tensor(0));
    return lengths(node.numbers(value).map(whole), value.shape);
  };
const binary =
  (build: (a: Tensor, b: Tensor) => Tensor): ReadForm =>
  (node) => {
    const values = node.values();
    return allLengths(values) ? arithmetic(node, values) : build(node.tensor(0), node.tensor(1));
  };
const folded =
  (build: (a: Tensor, b: Tensor) => Tensor): ReadForm =>
  (node) => {
    const values = node.values();
    return allLengths(values) ? arithmetic(node, values) : node.tensors().reduce((a, b) => build(a, b));
  };

// Truth values are 0 and 1 here.
const not = (x: Tensor): Tensor => sub(1, x);
const comparison = (build: (a: Tensor, b: Tensor) => Tensor): ReadForm => {
  return (node) => build(node.real(0), node.real(1));
};

/** x·Φ(x), the normal distribution's Φ by the error function or by a fitted tanh (Hendrycks & Gimpel, arXiv 1606.08415). */
const gelu = (x: Tensor): Tensor => mul(mul(x, 0.5), add(erf(mul(x, Math.SQRT1_2)), 1));
const geluTanh = (x: Tensor): Tensor => {
  const inner = mul(add(x, mul(mul(square(x), x), 0.044715)), Math.sqrt(2 / Math.PI));
  return mul(mul(x, 0.5), add(tanh(inner), 1));
};
const hardSigmoid = (x: Tensor, alpha: number, beta: number): Tensor => clip(add(mul(x, alpha), beta), 0, 1);

const activationForms: ReadForms = {
  Tanh: unary(tanh),
  Sigmoid: unary(sigmoid),
  Relu: unary(relu),
  Softplus: unary(softplus),
  LeakyRelu: (node) => leakyRelu(node.tensor(0), shortest(node.float('alpha', 0.01))),
  Elu: (node) => elu(node.tensor(0), shortest(node.float('alpha', 1))),
  Selu: (node) => {
    const alpha = node.float('alpha', 1.67326319217681884765625);
    return mul(elu(node.tensor(0), alpha), node.float('gamma', 1.05070102214813232421875));
  },
  Celu: (node) => {
    const alpha = shortest(node.float('alpha', 1));
    if (alpha === 0) throw node.bad('divides by its alpha, which is 0');
    return mul(elu(div(node.tensor(0), alpha), 1), alpha);
  },
  ThresholdedRelu: (node) => {
    const x = node.tensor(0);
    return where(greater(x, node.float('alpha', 1)), x, 0);
  },
  PRelu: (node) => {
    const x = node.tensor(0);
    return where(greater(x, 0), x, mul(x, node.tensor(1)));
  },
  Gelu: (node) => (node.text('approximate', 'none') === 'tanh' ? geluTanh : gelu)(node.tensor(0)),
  Swish: (node) => {
    const x = node.tensor(0);
    return mul(x, sigmoid(mul(x, shortest(node.float('alpha', 1)))));
  },
  Mish: unary((x) => mul(x, tanh(softplus(x)))),
  Softsign: unary((x) => div(x, add(abs(x), 1))),
  HardSigmoid: (node) =>
    hardSigmoid(node.tensor(0), shortest(node.float('alpha', 0.2)), shortest(node.float('beta', 0.5))),
  HardSwish: unary((x) => mul(x, hardSigmoid(x, 1 / 6, 0.5))),
  Clip: readClip,
};

const functionForms: ReadForms = {
  Neg: unaryOrWhole(neg, (x) => -x),
  Exp: unary(exp),
  Log: unary(logarithm),
  Sqrt: unary(sqrt),
  Abs: unaryOrWhole(abs, Math.abs),
  Sign: unaryOrWhole(sign, Math.sign),
  Sin: unary(sin),
  Cos: unary(cos),
  Tan: unary((x) => div(sin(x), cos(x))),
  Sinh: unary((x) => mul(sub(exp(x), exp(neg(x))), 0.5)),
  Cosh: unary((x) => mul(add(exp(x), exp(neg(x))), 0.5)),
  Erf: unary(erf),
  Reciprocal: unary((x) => quotient(scalar(1), x)),
  Pow: readPower,
  ...inverseForms,
};

const arithmeticForms: ReadForms = {
  Add: binary(add),
  Sub: binary(sub),
  Mul: binary(mul),
  Div: binary(quotient),
  Mod: readRemainder,
  Sum: folded(add),
  Max: folded(maximum),
  Min: folded(minimum),
  Mean: (node) =>
    div(
      node.tensors().reduce((a, b) => add(a, b)),
      node.inputCount,
    ),
};

const comparisonForms: ReadForms = {
  Greater: comparison(greater),
  Less: comparison((a, b) => greater(b, a)),
  GreaterOrEqual: comparison((a, b) => not(greater(b, a))),
  LessOrEqual: comparison((a, b) => not(greater(a, b))),
  Equal: (node) => {
    const values = node.values();
    if (allLengths(values)) return equalLengths(node, values);
    const [a, b] = [node.real(0), node.real(1)];
    return mul(not(greater(a, b)), not(greater(b, a)));
  },
  Not: (node) => not(node.real(0)),
  IsNaN: (node) => not(maximum(greater(node.real(0), -1), greater(1, node.real(0)))),
  And: comparison(mul),
  Or: comparison(maximum),
  Where: (node) => {
    const values = node.values();
    if (!allLengths(values.slice(1))) return where(node.real(0), node.real(1), node.real(2));
    return chooseLengths(node, [node.lengths(0), node.lengths(1), node.lengths(2)]);
  },
};

export const elementwiseForms: ReadForms = {
  ...activationForms,
  ...functionForms,
  ...arithmeticForms,
  ...comparisonForms,
};

function readPower(node: NodeReader): Value {
  const values = node.values();
  if (allLengths(values)) return arithmetic(node, values);
  const [x, exponent] = [node.real(0), node.real(1)];
  const [known, base] = [node.constant(1), node.constant(0)];
  if (known && new Set(known.data).size === 1) return constantPower(x, exponent, known.data[0]);
  if (base?.data.every((value) => value > 0)) return exp(mul(exponent, log(x)));
  return power(x, exponent);
}

function constantPower(x: Tensor, exponent: Tensor, value: number): Tensor {
  const all = broadcastShapes(x.shape, exponent.shape);
  const wide = typeof all === 'string' ? x : broadcastTo(x, all);
  if (value === 2) return square(wide);
  return value === 0.5 ? sqrt(wide) : pow(wide, value);
}

/** x − n·trunc(x/n), with the sign of x, or for `fmod` 0 (whole numbers) of n. */
function readRemainder(node: NodeReader): Value {
  const values = node.values();
  const ofDividend = node.int('fmod', 0) !== 0;
  if (allLengths(values) && !ofDividend) return arithmetic(node, values);
  const [a, b] = [node.real(0), node.real(1)];
  const ratio = div(a, b);
  return sub(a, mul(b, ofDividend ? truncate(ratio) : floor(ratio)));
}

/** The limits are attributes before operator set 11. */
function readClip(node: NodeReader): Tensor {
  const limit = (at: number, name: string): Tensor | number | undefined =>
    node.optional(at) ? node.tensor(at) : node.has(name) ? node.float(name, 0) : undefined;
  const [lower, upper] = [limit(1, 'min'), limit(2, 'max')];
  const [low, high] = [oneNumber(lower, -Infinity), oneNumber(upper, Infinity)];
  const x = node.real(0);
  if (low !== undefined && high !== undefined) return clip(x, Math.min(low, high), high);
  const raised = lower === undefined ? x : maximum(x, lower);
  return upper === undefined ? raised : minimum(raised, upper);
}

function oneNumber(limit: Tensor | number | undefined, none: number): number | undefined {
  if (typeof limit !== 'object') return limit ?? none;
  const known = constantValue(limit);
  return known?.data.length === 1 ? known.data[0] : undefined;
}
