/**
 * The methods that learn a CV, one file each: its network, its loss written on graph, its options and its papers. Linear ones
 * give their directions in closed form.
 */
export type {
  Architecture,
  Batch,
  CommittorOfMethod,
  CvMethod,
  DataShape,
  FeatureScales,
  GeneratorOfMethod,
  Loss,
  Method,
  Needs,
  Orientation,
  Relabelling,
  Scouting,
  TrainingTable,
} from './method.js';
export { activations, type Activation, type Parameters, type ParameterSpec } from './network.js';
export { discriminantDirections } from './discriminant-directions.js';
export { kolmogorovBias, kolmogorovBiasOf, squaredSlope, type KolmogorovBias } from './kolmogorov-bias.js';
export { kMeans, kMeansCentres, nearestCentres } from './k-means.js';
export {
  impliedTimescale,
  laggedCovariances,
  meanOne,
  principalDirections,
  relaxingDirections,
  slowDirections,
  type LaggedCovariances,
  type Relaxation,
  type SlowDirections,
} from './slow-directions.js';
export { pathName } from './path-class.js';
export { methodNames, methods, type MethodName, type MethodOptions } from './methods.js';
