/** Tensor expressions: ops, shapes, gradients, simplification and a reference evaluator. */
export type { Dim, Kind, Op, Shape, Tensor, TensorOf } from './tensor.js';
export { sameShape, showShape } from './tensor.js';
export * from './ops.js';
export * from './composites.js';
export { inputsOf, mapValues, substitute, topological } from './traverse.js';
export { gradient, jacobian, vectorJacobianProduct } from './gradient.js';
export { Simplifier, simplify } from './simplify.js';
export { bindLengths, evaluate, type Feed, type Feeds } from './evaluate.js';
export type { NdArray } from './evaluate-rules.js';
