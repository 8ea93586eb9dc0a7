/** Graphs as ONNX bytes, and the model file. */
export type { Precision } from './proto.js';
export { writeOnnx, type OnnxModel } from './write.js';
export { nextName, stepsAxis, writeLoop, type StepGraph } from './write-loop.js';
export {
  decodeOnnx,
  readGraph,
  readOnnx,
  type OnnxFile,
  type OnnxGraph,
  type Port,
  readForeignModel,
  type ForeignModel,
  type ForeignReading,
  type LengthUnit,
  differenceTolerance,
  differentiateModel,
  foreignValues,
  type Differentiated,
  type ForeignDescription,
  readModelBytes,
  oldestWithJacobian,
  writeKept,
  externalFiles,
  withExternalData,
} from './foreign/index.js';
export type { CheckVectors, ModelInput, ModelMetadata, ModelOutput } from './metadata.js';
export { randomRanges, rangesAreRandom } from './metadata.js';
export { decodeMetadata } from './decode-metadata.js';
export { encodeMetadata } from './encode-metadata.js';
export { ensembleGraph, type EncoderGraph, type Ensemble, type Uncertainty } from './ensemble.js';
export { checkTolerance } from './check-vectors.js';
export {
  answers,
  modelNames,
  readModelFile,
  writeModelFile,
  type ModelFile,
  type ModelGraph,
  type NewModel,
  type NewModelMetadata,
} from './model-file.js';
export { loadModel, saveBytes, saveModel } from './save.js';
