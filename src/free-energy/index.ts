export { autocorrelation, type Autocorrelation } from './autocorrelation.js';
export { bandwidthRule, defaultBandwidth } from './bandwidth.js';
export { deltaF, deltaFConvergence, type BasinQuestion, type DeltaF, type DeltaFAtTime } from './basins.js';
export { analyseBlocks, type BlockAnalysis, type BlockPoint, type LogRatio } from './blocks.js';
export {
  freeEnergyProfile,
  freeEnergySurface,
  type FreeEnergyProfile,
  type FreeEnergySurface,
  type ProfileOptions,
  type SurfaceOptions,
} from './free-energy.js';
export { type AxisOptions } from './grid.js';
export { profileBlocks } from './profile-blocks.js';
export { exactDeltaF, exactProfile, type Domain2D, type Potential2D } from './quadrature.js';
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
