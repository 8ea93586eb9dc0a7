/**
 * What latentcv uses of others (PLUMED, GROMACS, LAMMPS, chemfiles, ONNX Runtime's CUDA provider), fetched into the cache
 * folder. Steps with stamps, in order and beside each other, make each part; set-up of a checkout makes its own by them too.
 */
export { cudaProvider, onnxRuntimeFolder } from './onnx-runtime-folder.js';
export {
  type Part,
  type PartName,
  type PartState,
  partNames,
  partState,
  parts,
  partsOf,
  stepsOf,
} from './parts.js';
export { expectRoom } from './room.js';
export { runLogged } from './run-logged.js';
export { type SetUpOptions, type SetUpResult, type Steps, setUp } from './set-up.js';
export { type Fetching, type Run, type Step, fetchedStep } from './step.js';
export { expectTool } from './tools.js';
