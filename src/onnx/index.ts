/**
 * Graphs as ONNX bytes and back (`writing`, `reading`, on the messages of `proto`), and the model file: an encoder with its
 * Jacobian, its metadata and its check vectors. Networks from elsewhere are in `foreign`, which its users import by itself.
 */
export type { Precision } from './proto/index.js';
export { nextName, writeLoop, writeOnnx, type StepGraph } from './writing/index.js';
export {
  decodeOnnx,
  externalFiles,
  readModelBytes,
  readOnnx,
  withExternalData,
  type OnnxFile,
  type Port,
} from './reading/index.js';
export {
  decodeMetadata,
  encodeMetadata,
  randomRanges,
  rangesAreRandom,
  sideNames,
  type CheckVectors,
  type KolmogorovFacts,
  type SideCheck,
  type ModelInput,
  type ModelMetadata,
  type ModelOutput,
  type SideName,
  type Sides,
} from './metadata/index.js';
export { decoderNames, writeDecoder, type DecoderGraph } from './decoder.js';
export {
  ensembleGraph,
  ensembleProperties,
  type EncoderGraph,
  type Ensemble,
  type EnsembleProperties,
  type Uncertainty,
} from './ensemble.js';
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
export type { SideGraph } from './side-outputs.js';
