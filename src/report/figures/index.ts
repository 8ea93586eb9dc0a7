/** The figures of a report, a file each. Each gives SVG and the sentence under it. */
export { blockAnalysis } from './block-analysis.js';
export { crossingsByCv, deltaFByRound } from './campaign/index.js';
export { convergence } from './convergence.js';
export { cvAgainst } from './cv-against.js';
export { cvDistributionFigure } from './cv-distribution.js';
export { cvMap } from './cv-map.js';
export { explainedInputs } from './explained-inputs.js';
export type { Figure } from './figure.js';
export { freeEnergyProfileFigure } from './free-energy-profile.js';
export { freeEnergySurfaceFigure } from './free-energy-surface.js';
export { impliedTimescalesFigure } from './implied-timescales.js';
export { lossCurves } from './loss-curves.js';
export { passageGraph, type Passages } from './passage-graph.js';
export { sensitivities } from './sensitivities.js';
export { seriesByState, type StateSeries } from './series-by-state.js';
export { timeSeries } from './time-series.js';
export { windowHistogramsFigure } from './window-histograms.js';
export { windowOverlapFigure } from './window-overlap.js';
