/**
 * Graphs as ONNX bytes: each op's nodes (operator set 17), layers as one Gemm, and steps of an iteration as one Loop.
 * The same graph gives the same bytes.
 */
export { countUses, emitGraph } from './emit-graph.js';
export { Emitter, Names } from './emitter.js';
export { graphProto, modelBytes, writeOnnx } from './write.js';
export { nextName, writeLoop, type StepGraph } from './write-loop.js';
