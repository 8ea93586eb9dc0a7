/**
 * What frames weigh and which state they are in: kT and units, bias columns, reweighting, replicas, rules of states, core
 * sets and transitions. Training, diagnostics and free energies all ask here.
 */
export { biasKind, isBiasAction, type BiasKind } from './bias-actions.js';
export {
  biasColumns,
  sameBiasColumns,
  type BiasChoice,
  type BiasColumns,
  type LabelledTable,
} from './bias-columns.js';
export {
  commonConditions,
  expectOneBias,
  expectOneUnitSystem,
  fileConditions,
  type CommonConditions,
  type FileConditions,
  type SampledFile,
  type StatedConditions,
  sameTemperature,
} from './conditions.js';
export {
  actionsOf,
  lockFile,
  notesFile,
  readRunNotes,
  readRunTimestep,
  refuseDifferingBiases,
  type BiasNote,
  type RunFacts,
  type RunNotes,
  type TableNote,
} from './run-notes.js';
export {
  inOneLine,
  isAtTemperature,
  problemOfRuns,
  temperatureDoubts,
  type MeasuredTemperature,
  type TemperatureDoubts,
} from './kinetic-temperature.js';
export { framesBeyondWalls, wallsInWords } from './walls.js';
export { coreEvents, corePassages, labelDensestHalf, labelFrames, type StateLabels } from './cores.js';
export type { Numbers } from './numbers.js';
export {
  between,
  discardInitial,
  leadingPart,
  replicasOf,
  replicasSetting,
  type Replica,
} from './replicas.js';
export { framesIn, splitIntoBlocks, wholeRun } from './segments.js';
export { framesOutside, framesWithin, isWithin, type Interval } from './intervals.js';
export { expectSample, expectTimes } from './expect-sample.js';
export { expectInDomain } from './sampled-intervals.js';
export {
  statesByRules,
  unmet,
  type RuledFrames,
  type RuledStates,
  columnsIn,
  intervalRule,
  isStateRule,
  parseStateRules,
  stateNames,
  type Condition,
  type StateRule,
} from './rules/index.js';
export {
  conversions,
  energyDecimals,
  plumedUnits,
  unitFactor,
  unitInWords,
  unitNames,
  type UnitSystem,
} from './units.js';
export {
  biasWeights,
  effectiveSampleSize,
  logAcceleration,
  reweight,
  scaledWeights,
  scaleSpread,
  unbiasedSample,
  weightScales,
  type ReplicaOptions,
  type ReweightOptions,
  type Temperature,
  type WeightedSample,
  type WeightScale,
} from './reweight.js';
export {
  rescaledPairs,
  rescaledTimeCover,
  type RescaledPairs,
  type RescaledTimeCover,
} from './rescaled-time.js';
export {
  defaultOverlap,
  umbrellaWindows,
  type UmbrellaWindows,
  type WindowRequest,
} from './umbrella-windows.js';
export { autocorrelation, type Autocorrelation } from './autocorrelation.js';
export {
  fewestEffectiveFrames,
  hardlyOverlapping,
  Influences,
  leastOverlap,
  mbarErrors,
  mbarMean,
  mbarWeights,
  mbarWindows,
  overlapInWords,
  shortWindows,
  solveMbar,
  statisticalInefficiency,
  windowBlocks,
  windowSums,
  windowVariance,
  type BlockedWindow,
  type Influence,
  type MbarFrames,
  type MbarInput,
  type MbarMean,
  type MbarOptions,
  type MbarSolution,
  type MbarWindow,
  type NeighbourOverlap,
  type WindowPlaces,
  type WindowSums,
} from './mbar/index.js';
export { mbarSample, type MbarSampleOptions } from './mbar-sample.js';
export { gasConstant, temperatureOf, thermalEnergy } from './thermal.js';
export {
  findTransitions,
  type CoreSets,
  type Transition,
  type TransitionOptions,
  type Transitions,
} from './transitions.js';
export {
  confinedVolume,
  confinementSchema,
  confinementText,
  coordinatesOf,
  parseConfinement,
  radiusAt,
  wallEnergy,
  type AxialConfinement,
  type Confinement,
  type Coordinate,
  type SphereConfinement,
  type VolumeBounds,
} from './confinement/index.js';
