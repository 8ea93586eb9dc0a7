import { frameSpacing, type Dataset } from '../frames/index.js';
import type { ModelGraph } from '../onnx/index.js';
import { cvQuality, lagFrames, type CvQuality } from './cv-quality.js';
import { cvBasins, type CvBasins } from './density-basins.js';
import { cvDistribution, type CvDistribution } from './distributions.js';
import { heldOutScores, type HeldOutScores } from './held-out-score.js';
import { defaultLags, impliedTimescales, type TimescalesAtLag } from './implied-timescales.js';
import { columnOf, latentWarnings } from './latent-warnings.js';
import { modelValues } from './model-values.js';
import { reconstruction, type Reconstruction } from './reconstruction.js';
import { cvVerdict, type CvVerdict } from './verdict.js';

/** What a model's frames say of its CVs. */
export interface Diagnostics {
  cvs: string[];
  inputs: string[];
  frames: number;
  /** ps */
  lag: number;
  verdict: CvVerdict;
  /** Of the first CV. */
  quality: CvQuality;
  basins: CvBasins;
  /** What is wrong with the latent, one sentence each. */
  warnings: string[];
  /** Root mean square of σᵢ ∂cvⱼ/∂xᵢ, by CV and input: what one deviation of an input does to the CV. */
  sensitivity: number[][];
  /** Fraction of each input's variance that the CVs explain, and of all. */
  reconstruction: Reconstruction;
  /** Absent where frames are not evenly spaced. */
  timescales?: TimescalesAtLag[];
  scores?: HeldOutScores;
  distributions: CvDistribution[];
}

export interface DiagnoseOptions {
  /** Names of the CVs. */
  cvs: readonly string[];
  /** ps */
  lag: number;
  /** Known state of each frame, 0 or 1. */
  state?: ArrayLike<number>;
}

/**
 * Diagnostics of a model on frames, those that it was trained on or others.
 * @param inputs with the model's input columns, in its order
 * @throws LatentcvError `bad-data` where the first CV is the same on all frames
 */
export async function diagnose(
  graph: ModelGraph,
  inputs: Dataset,
  { cvs, lag, state }: DiagnoseOptions,
): Promise<Diagnostics> {
  const { cv: values, gradient } = await modelValues(graph, inputs);
  const table = { values, width: cvs.length };
  const { time, segments } = inputs;
  const first = columnOf(table, 0);
  const basins = cvBasins(first, time, segments);
  const quality = cvQuality({
    cv: first,
    time,
    segments,
    lag,
    inputs,
    gradient,
    basins,
    ...(state && { state }),
  });
  const d = inputs.columns.length;
  return {
    cvs: [...cvs],
    inputs: inputs.columns.map(({ label }) => label),
    frames: inputs.frames,
    lag,
    verdict: cvVerdict(cvs[0], quality, latentWarnings(cvs, table, gradient)),
    quality,
    basins,
    warnings: latentWarnings(cvs, table, gradient, basins),
    sensitivity: cvs.map((_, j) => [...gradient.sensitivity.subarray(j * d, (j + 1) * d)]),
    reconstruction: reconstruction(inputs, table),
    ...dynamics(table, inputs, lag),
    distributions: cvs.map((name, j) => cvDistribution(name, columnOf(table, j), first, basins, segments)),
  };
}

function dynamics(
  table: { values: Float64Array; width: number },
  { time, segments }: Dataset,
  lag: number,
): Pick<Diagnostics, 'timescales' | 'scores'> {
  const frames = lagFrames({ time, segments }, lag);
  if (frames === undefined) return {};
  const { spacing } = frameSpacing({ time, segments });
  const lags = [...new Set([...defaultLags(segments), frames])].sort((a, b) => a - b);
  const scores = heldOutScores(table, segments, frames);
  return {
    timescales: impliedTimescales(table, segments, spacing, { lags }),
    ...(scores && { scores }),
  };
}
