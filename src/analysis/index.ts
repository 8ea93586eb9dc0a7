export { autocorrelation, type Autocorrelation } from './autocorrelation.js';
export { bandwidthRule, defaultBandwidth } from './bandwidth.js';
export { deltaF, deltaFConvergence, type BasinQuestion, type DeltaF, type DeltaFAtTime } from './basins.js';
export { analyseBlocks, type BlockAnalysis, type BlockPoint, type LogRatio } from './blocks.js';
export {
  discardInitial,
  framesIn,
  leadingPart,
  splitIntoBlocks,
  wholeRun,
  type FrameRange,
} from './frame-ranges.js';
export {
  freeEnergyProfile,
  freeEnergySurface,
  profileBlocks,
  type FreeEnergyProfile,
  type FreeEnergySurface,
  type ProfileOptions,
  type SurfaceOptions,
} from './free-energy.js';
export { type AxisOptions } from './grid.js';
export { framesOutside, framesWithin, isWithin, type Interval } from './intervals.js';
export { exactDeltaF, exactProfile, type Domain2D, type Potential2D } from './quadrature.js';
export {
  biasWeights,
  effectiveSampleSize,
  reweight,
  unbiasedSample,
  type ReplicaOptions,
  type ReweightOptions,
  type WeightedSample,
} from './reweight.js';
export { gasConstant, temperatureOf, thermalEnergy } from './thermal.js';
export {
  findTransitions,
  type CoreSets,
  type Transition,
  type TransitionOptions,
  type Transitions,
} from './transitions.js';
export {
  deltaFOf,
  nanosecondsOf,
  readSampledRun,
  transitionsOf,
  type ColumnCores,
  type ColumnInterval,
  type RunQuestion,
  type SampledRun,
  type SampledRunOptions,
} from './sampled-run.js';
