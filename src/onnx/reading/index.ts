/**
 * ONNX bytes as graphs: what a file may hold and cost is checked before anything is computed, then its nodes are understood
 * as our ops, of all the operators and operator sets that we know. Files of ours and of others are read alike.
 */
export { Budget, numbersPerFrame } from './budget.js';
export { decodeOnnx, realTypes, type OnnxFile, type Port } from './decode.js';
export { externalFiles, withExternalData } from './external-data.js';
export { readInitializer } from './initializer.js';
export { readModelBytes } from './model-bytes.js';
export { neededNodes, readGraph, readOnnx, type ReadOptions } from './read-graph.js';
