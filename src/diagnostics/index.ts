/**
 * What frames say of a model's CVs before anything is biased along them: how slow each is beside its inputs and other CVs, what
 * it tells apart, where it is rough. The verdict names what it rests on.
 */
export type { AddedProcess } from './added-process.js';
export { cvQuality, type CvQuality, type CvQualityQuestion } from './cv-quality.js';
export { diagnose, type DiagnoseOptions, type Diagnostics } from './diagnose.js';
export type { CvDistribution, GroupCounts } from './distributions.js';
export {
  atomShares,
  explain,
  inputInWords,
  type AtomShare,
  type Explanation,
  type InputAtom,
  type KnownStates,
  type LassoStep,
  type StateLasso,
  type StateSensitivity,
} from './explanation/index.js';
export { heldOutScores, type HeldOutScore, type HeldOutScores, type FoldOptions } from './held-out-score.js';
export { judgedOn, type JudgedOn, type TrainedOn } from './judged-on.js';
export { modelValues, type GradientSample, type ModelValues } from './model-values.js';
export type { OtherCv } from './other-cvs.js';
export type { PassingBeside } from './passing-beside.js';
export { reconstruction, type Reconstruction } from './reconstruction.js';
export { roughness } from './roughness.js';
export { slowestProcess } from './slowest-process.js';
export type { SplitBasin } from './split-basins.js';
export { stateSeparation, type StateSeparation } from './state-separation.js';
export { cvVerdict, type CvVerdict, type VerdictContext } from './verdict.js';
