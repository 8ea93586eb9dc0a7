export {
  type FeatureMap,
  type Scaling,
  type ScalingMode,
  applyScaling,
  computeFeatures,
  featureCount,
  featureMap,
  fitScaling,
  needsDouble,
  ranges,
} from './features.js';
export { type FrameSource, type FrameStore, closeStore, openFrames, openStore } from './frame-store.js';
export { type OtherColumn, otherColumns } from './other-columns.js';
export { type Part, type PartSource, wholeInMemory } from './parts.js';
export { type Prepared, prepare } from './prepare.js';
export { Random } from './random.js';
export { rescaledPairs } from './rescaled-time.js';
export { type Roles, splitRoles } from './roles.js';
export { labelColumns, labelRules, statesInWords } from './ruled-labels.js';
export { type Fold, type Samples, allSamples, splitModes, splitSamples } from './samples.js';
export { selectStoreColumns } from './store-reader.js';
export { storeSample, trainStreamHere } from './stream.js';
export type { PropertyScaling } from './tables.js';
