/** Tensor expressions: ops, shapes, gradients, simplification and a reference evaluator. */
export type { Dim, Kind, Op, Shape, Tensor, TensorOf } from './tensor.js';
export { sameShape, showShape } from './tensor.js';
export { broadcastShapes, countElements } from './shape-rules.js';
export * from './ops.js';
export * from './composites.js';
export { inputsOf, mapValues, substitute, topological } from './traverse.js';
export { gradient, jacobian, vectorJacobianProduct } from './gradient.js';
export { Simplifier, simplify } from './simplify.js';
export { overFrames } from './batch.js';
export { constantValue } from './constant-value.js';
export { bindLengths, evaluate, type Feed, type Feeds } from './evaluate.js';
export type { NdArray } from './evaluate-rules.js';
