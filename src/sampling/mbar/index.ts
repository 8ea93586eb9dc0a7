/**
 * Frames sampled in several states (umbrella windows, static biases, temperatures) weighed together: the equations of MBAR and
 * their solution, how the states overlap, how many independent frames each holds. What errors of averages come from, that the
 * free energies of the states are estimated from the same frames, stands here too.
 */
export { mbarErrors, mbarMean, type MbarMean } from './averages.js';
export {
  Influences,
  windowBlocks,
  windowSums,
  windowVariance,
  type BlockedWindow,
  type Influence,
  type MbarFrames,
  type WindowSums,
} from './influence.js';
export { statisticalInefficiency } from './inefficiency.js';
export { countedRanges, expectMbarInput, type MbarInput } from './input.js';
export {
  hardlyOverlapping,
  leastOverlap,
  overlapInWords,
  type NeighbourOverlap,
  type WindowPlaces,
} from './overlap.js';
export { mbarWeights, type MbarSolution } from './solution.js';
export { solveMbar, type MbarOptions } from './solve.js';
export { fewestEffectiveFrames, mbarWindows, shortWindows, type MbarWindow } from './windows.js';
