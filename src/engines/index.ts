/** Engines run graphs. */
export type { CompiledGraph, Engine, Program, Stepper } from './engine.js';
export { createOnnxRuntimeEngine, onnxRuntimeVersion, type OnnxRuntimeOptions } from './onnxruntime.js';
