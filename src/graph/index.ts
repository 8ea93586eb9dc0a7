/**
 * Tensor expressions: ops, shapes, gradients that are graphs again, simplification. `evaluate` is the reference that every
 * runtime is held to, in float64.
 */
export {
  type Dim,
  type Kind,
  type Op,
  type Shape,
  type Tensor,
  type TensorOf,
  sameShape,
  showShape,
  type OpAttributes,
} from './tensor.js';
export { broadcastShapes, countElements } from './shape-rules.js';
export {
  input,
  constant,
  indexConstant,
  scalar,
  toTensor,
  size,
  neg,
  exp,
  log,
  sqrt,
  abs,
  sign,
  sin,
  cos,
  tanh,
  sigmoid,
  relu,
  softplus,
  erf,
  atan,
  floor,
  round,
  softmax,
  stopGradient,
  add,
  sub,
  mul,
  div,
  power,
  maximum,
  minimum,
  greater,
  where,
  leakyRelu,
  elu,
  clip,
  pow,
  square,
  matmul,
  transpose,
  reshape,
  broadcastTo,
  concat,
  slice,
  pad,
  gather,
  scatterAdd,
  largestPlaces,
  takeAlong,
  putAlong,
  reduceSum,
  reduceMax,
  reduceMean,
  type Operand,
} from './ops.js';
export {
  affine,
  angleOf,
  meanSquaredError,
  trace,
  logSumExp,
  identity,
  inverseSpd,
  cholesky,
  logDeterminantSpd,
} from './composites.js';
export { inputsOf, mapValues, substitute, topological } from './traverse.js';
export { gradient, jacobian, vectorJacobianProduct } from './gradient.js';
export { Simplifier, simplify } from './simplify.js';
export { overFrames } from './batch.js';
export { constantValue } from './constant-value.js';
export { bindLengths, evaluate, type Feed, type Feeds } from './evaluate.js';
export type { NdArray } from './evaluate-rules.js';
