/**
 * How a CV moves in time: its basins, who crosses between them, and how slow it is on held-out blocks of time. What training and
 * diagnostics both tell.
 */
export type { Basis, Labels, Pairs } from './basis.js';
export { narrowestBasins } from './basin-widths.js';
export { cvBasins, type CvBarrier, type CvBasin, type CvBasins } from './cv-basins.js';
export {
  cvAutocorrelation,
  cvSlowness,
  withoutTimescale,
  type CvSlowness,
  type SlownessQuestion,
} from './cv-slowness.js';
export { basinStates, type BasinState, type BasinStatesOptions } from './basin-states.js';
export { onCircles, openedCircle, type OpenedCircle, type Period } from './circles.js';
export { connectedCells, type ConnectedCells } from './connected-cells.js';
export { isCrossed } from './crossed.js';
export type { PairOptions } from './pairs.js';
export { slowProcesses, type HeldOutAutocorrelation } from './slow-processes.js';
export {
  addMoments,
  centred,
  covariancesOf,
  expectTable,
  laggedMoments,
  noMoments,
  type LaggedMoments,
  type ValueTable,
} from './lagged-moments.js';
export {
  firstEnds,
  koopmanWeights,
  weightsOfRows,
  type FrameTable,
  type KoopmanWeights,
} from './koopman-weights.js';
export { evenSpacing, lagFrames } from './lag-frames.js';
export { jointClusters, quantileBins } from './quantile-bins.js';
export { defaultLags, impliedTimescales, type TimescalesAtLag } from './implied-timescales.js';
export { timescaleOf, type TimescaleEstimate } from './timescale.js';
