/**
 * Errors of frames that MBAR weighed, from blocks of each window: of the ratio of two sums of weights, and of a density. What the free
 * energies of the windows are not known to is in them.
 */
export { densityMoments, densitySpread, type DensityBlocks } from './density-blocks.js';
export { windowBlocksOf, type WindowBlock } from './window-spread.js';
export {
  analyseWindows,
  partOfWindows,
  windowedRatio,
  type PartOfWindows,
  type RatioWindow,
  type WindowAnalysis,
  type WindowedRatio,
} from './windowed-ratio.js';
