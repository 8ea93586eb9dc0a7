/**
 * Free energies of weighted frames: profiles and surfaces by local fits or bins, differences between states, how they went in
 * time, and errors from blocks or replicas; exact references by quadrature. What a frame weighs is the room `sampling`.
 */
export { bandwidthRule, defaultBandwidth } from './bandwidth.js';
export { baseBlocks, ratioSums, type BaseBlocks, type RatioSums } from './base-blocks.js';
export { biasDrift, differingStaticBiases, type BiasDrift } from './bias-course.js';
export { agreement, upperTail, type Agreement } from './chi-squared.js';
export { combinedDeltaFs, type CombinedDeltaF, type EstimatedDeltaF } from './combined.js';
export { deltaFCourse, deltaFHalves, type DeltaFPoint, type Halves } from './course.js';
export {
  deltaF,
  deltaFOfSums,
  leastAgreement,
  stateSums,
  type DeltaF,
  type DeltaFQuestion,
  type PartialDeltaF,
  type ReplicaDeltaF,
  type StateSums,
} from './delta-f.js';
export {
  analyseBlocks,
  analyseBlockSums,
  type BlockAnalysis,
  type BlockPoint,
  type LogRatio,
  type BlockOptions,
} from './blocks.js';
export {
  freeEnergyProfile,
  freeEnergySurface,
  type FreeEnergyProfile,
  type FreeEnergySurface,
  type ProfileOptions,
  type SurfaceOptions,
} from './free-energy.js';
export { geometricSample } from './geometric.js';
export type { AxisOptions } from './axes/index.js';
export { profileBlocks } from './profile-blocks.js';
export { exactDeltaF, exactProfile, type Domain2D, type Potential2D } from './quadrature.js';
export { answerOf, mostDrift, mostSigmas, type NamedDeltaF, type RunAnswer } from './answer.js';
export {
  nanosecondsOf,
  readSampledRun,
  runTransitions,
  statesOf,
  sumsOf,
  weighRun,
  type SampledRun,
  type SampledRunOptions,
  type WeighOptions,
} from './sampled-run.js';
export {
  columnsAsked,
  runStates,
  stateRule,
  type ColumnCores,
  type ColumnInterval,
  type GivenState,
  type RunQuestion,
  type RunStates,
  type StateDefinition,
  type StatesFrames,
} from './states.js';
export type { DensityMethod } from './density.js';
export type { RatioWindow, WindowedRatio } from './windows/index.js';
