/** What frames say of a model's CVs before anything is biased along them. */
export { cvQuality, type CvQuality, type CvQualityQuestion } from './cv-quality.js';
export { cvBasins, type CvBarrier, type CvBasin, type CvBasins } from './density-basins.js';
export { diagnose, type DiagnoseOptions, type Diagnostics } from './diagnose.js';
export type { CvDistribution, GroupCounts } from './distributions.js';
export { heldOutScores, type HeldOutScore, type HeldOutScores } from './held-out-score.js';
export {
  impliedTimescales,
  type TimescaleEstimate,
  type TimescaleOptions,
  type TimescalesAtLag,
} from './implied-timescales.js';
export type { Table } from './lagged-moments.js';
export { modelValues, type GradientSample, type ModelValues } from './model-values.js';
export { reconstruction, type Reconstruction } from './reconstruction.js';
export { roughness } from './roughness.js';
export { slowestProcess } from './slowest-process.js';
export { stateSeparation, type StateSeparation } from './state-separation.js';
export { cvVerdict, type CvVerdict } from './verdict.js';
