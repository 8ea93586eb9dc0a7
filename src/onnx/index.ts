/** Graphs as ONNX bytes, and the model file. */
export type { Precision } from './proto.js';
export { writeOnnx, type OnnxModel } from './write.js';
export { nextName, stepsAxis, writeLoop, type StepGraph } from './write-loop.js';
export { decodeOnnx, readGraph, readOnnx, type OnnxFile, type OnnxGraph, type Port } from './read.js';
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
export { readForeignModel, type ForeignModel, type ForeignReading } from './foreign.js';
export type { LengthUnit } from './positions.js';
export {
  differenceTolerance,
  differentiateModel,
  foreignValues,
  type Differentiated,
  type ForeignDescription,
} from './differentiate.js';
export { loadModel, saveBytes, saveModel } from './save.js';
export { readModelBytes } from './read-bytes.js';
export { oldestWithJacobian, writeKept } from './keep-graph.js';
export { externalFiles, withExternalData } from './external-data.js';
