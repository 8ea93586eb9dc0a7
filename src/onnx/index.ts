/** Graphs as ONNX bytes, and the model file. */
export type { Precision } from './proto.js';
export { writeOnnx, type OnnxModel } from './write.js';
export { nextName, stepsAxis, writeLoop, type StepGraph } from './write-loop.js';
