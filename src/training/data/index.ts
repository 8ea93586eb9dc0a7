/**
 * What is learned from: the columns of frames told apart (roles), scaled and split into samples, in memory or from a store
 * on disk. Whatever does not fit is refused here, before the first epoch.
 */
export type { FeatureMap } from '../learnable.js';
export { courseOf } from './course.js';
export { applyScaling, computeFeatures, featureCount, featureMap, fitScaling } from './features.js';
export { type FrameSource, type FrameStore, closeStore } from './frame-store.js';
export {
  type LearnableFrames,
  learnableFrames,
  storeSample,
  withoutColumns,
  withoutInputs,
} from './learnable-frames.js';
export { openFrames, openStore } from './open-store.js';
export { type OtherColumn, otherColumns } from './other-columns.js';
export { prepare } from './prepare.js';
export { runsOfPairs } from './frame-weights.js';
export { otherRoles, splitRoles, type RoleSettings } from './roles.js';
export { statesInWords } from './ruled-labels.js';
export { foldsOfGroups, splitSamples } from './split/index.js';
export { selectStoreColumns } from './store-reader.js';
