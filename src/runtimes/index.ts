/** Engines run graphs. */
export type { CompiledGraph, Engine, Program, Stepper } from './engine.js';
export { createOnnxRuntimeEngine, onnxRuntimeVersion, type OnnxRuntimeOptions } from './onnxruntime.js';
export { createTfjsEngine, type TfjsOptions, type TfjsPackage } from './tfjs.js';
export {
  chooseEngine,
  devices,
  engineChoices,
  type ChosenEngine,
  type EngineRequest,
} from './choose-engine.js';
