export { biasColumns, noBias, type BiasChoice, type BiasColumns } from './bias-columns.js';
export { type Numbers } from './numbers.js';
export { between, discardInitial, leadingPart, replicasOf, type Replica } from './replicas.js';
export { framesIn, splitIntoBlocks, wholeRun, type FrameRange } from './frame-ranges.js';
export { framesOutside, framesWithin, isWithin, type Interval } from './intervals.js';
export { expectInDomain, expectVisited, type NamedInterval } from './sampled-intervals.js';
export { plumedUnits, unitFactor, unitNames, type UnitSystem } from './units.js';
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
