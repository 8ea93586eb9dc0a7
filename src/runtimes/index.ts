/**
 * What runs graphs of tensors: ONNX Runtime, or TensorFlow.js where it is installed. Which of them a training takes, and
 * why, is decided here.
 */
export type { CompiledGraph, Runtime, Program, Stepper } from './runtime.js';
export {
  createOnnxRuntime,
  onnxRuntimeVersion,
  type OnnxRuntimeOptions,
  type Device,
} from './onnxruntime.js';
export { loadOnnxRuntime, onnxRuntimePackage } from './onnxruntime-library.js';
export { createTfjsRuntime, type TfjsOptions, type TfjsPackage } from './tfjs.js';
export {
  chooseRuntime,
  devices,
  runtimeChoices,
  type ChosenRuntime,
  type RuntimeRequest,
} from './choose-runtime.js';
