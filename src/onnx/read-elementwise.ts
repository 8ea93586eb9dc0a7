import {
  abs,
  add,
  cos,
  div,
  elu,
  erf,
  exp,
  greater,
  leakyRelu,
  log,
  maximum,
  minimum,
  mul,
  neg,
  pow,
  relu,
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
} from '../graph/index.js';
import type { ReadForm, ReadForms } from './read-forms.js';
import { allLengths, arithmetic, chooseLengths, equalLengths } from './read-lengths.js';
import type { NodeReader } from './read-node.js';

const unary =
  (build: (x: Tensor) => Tensor): ReadForm =>
  (node) =>
    build(node.tensor(0));
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
  return (node) => build(node.tensor(0), node.tensor(1));
};

/** x·Φ(x), the normal distribution's Φ by the error function or by a fitted tanh (Hendrycks & Gimpel, arXiv 1606.08415). */
const gelu = (x: Tensor): Tensor => mul(mul(x, 0.5), add(erf(mul(x, Math.SQRT1_2)), 1));
const geluTanh = (x: Tensor): Tensor => {
  const inner = mul(add(x, mul(mul(square(x), x), 0.044715)), Math.sqrt(2 / Math.PI));
  return mul(mul(x, 0.5), add(tanh(inner), 1));
};
const hardSigmoid = (x: Tensor, alpha: number, beta: number): Tensor =>
  minimum(maximum(add(mul(x, alpha), beta), 0), 1);

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
  Neg: unary(neg),
  Exp: unary(exp),
  Log: unary(log),
  Sqrt: unary(sqrt),
  Abs: unary(abs),
  Sign: unary(sign),
  Sin: unary(sin),
  Cos: unary(cos),
  Tan: unary((x) => div(sin(x), cos(x))),
  Sinh: unary((x) => mul(sub(exp(x), exp(neg(x))), 0.5)),
  Cosh: unary((x) => mul(add(exp(x), exp(neg(x))), 0.5)),
  Erf: unary(erf),
  Reciprocal: unary((x) => div(1, x)),
  Pow: readPower,
};

const arithmeticForms: ReadForms = {
  Add: binary(add),
  Sub: binary(sub),
  Mul: binary(mul),
  Div: binary(div),
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
    if (allLengths(values)) return equalLengths(values);
    const [a, b] = node.tensors();
    return mul(not(greater(a, b)), not(greater(b, a)));
  },
  Not: unary(not),
  And: comparison(mul),
  Or: comparison(maximum),
  Where: (node) => {
    const values = node.values();
    return allLengths(values) ? chooseLengths(values) : where(node.tensor(0), node.tensor(1), node.tensor(2));
  },
};

export const elementwiseForms: ReadForms = {
  ...activationForms,
  ...functionForms,
  ...arithmeticForms,
  ...comparisonForms,
};

function readPower(node: NodeReader): Tensor {
  const [x, power] = [node.tensor(0), node.tensor(1)].map((part) => node.simplest(part));
  if (power.op === 'constant' && new Set(power.attributes.values).size === 1) {
    const exponent = power.attributes.values[0];
    if (exponent === 2) return square(node.tensor(0));
    return exponent === 0.5 ? sqrt(node.tensor(0)) : pow(node.tensor(0), exponent);
  }
  const positive = x.op === 'constant' && x.attributes.values.every((value) => value > 0);
  if (!positive) throw node.bad('has no constant exponent');
  return exp(mul(power, log(x)));
}

/** The limits are attributes before operator set 11. */
function readClip(node: NodeReader): Tensor {
  const limit = (at: number, name: string): Tensor | number | undefined =>
    node.optional(at) ? node.tensor(at) : node.has(name) ? node.float(name, 0) : undefined;
  const [lower, upper] = [limit(1, 'min'), limit(2, 'max')];
  const raised = lower === undefined ? node.tensor(0) : maximum(node.tensor(0), lower);
  return upper === undefined ? raised : minimum(raised, upper);
}

/** The number that was meant: attributes are float32, so 0.01 comes as 0.009999999776482582. */
export function shortest(value: number): number {
  const short = Number(value.toPrecision(7));
  return Math.fround(short) === value ? short : value;
}
