export { derive } from './derive.js';
export {
  type Differentiated,
  type ForeignDescription,
  differenceTolerance,
  differentiateModel,
  foreignValues,
} from './differentiate.js';
export {
  atanInDouble,
  cosInDouble,
  eluInDouble,
  erfInDouble,
  leakyReluInDouble,
  softplusInDouble,
} from './double-forms.js';
export { externalFiles, withExternalData } from './external-data.js';
export { type ForeignModel, type ForeignReading, readForeignModel } from './foreign.js';
export { oldestWithJacobian, writeKept } from './keep-graph.js';
export type { LengthUnit } from './positions.js';
export { readModelBytes } from './read-bytes.js';
export {
  type OnnxFile,
  type OnnxGraph,
  type Port,
  type ReadOptions,
  decodeOnnx,
  readGraph,
  readOnnx,
} from './read.js';
