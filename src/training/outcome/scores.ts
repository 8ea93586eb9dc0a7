import { frameSpacing, type Dataset } from '../../frames/index.js';
import { chooseRuntime, type Runtime } from '../../runtimes/index.js';
import { laggedCovariances, slowDirections } from '../../models/index.js';
import { LatentcvError } from '../../support/index.js';
import { type Fit, type FitHooks, stillFalling, stillFallingWarning } from '../loop/index.js';
import { trainSettings, type TrainOptions, type TrainSettings } from '../options.js';
import {
  wholeInMemory,
  prepare,
  type Prepared,
  splitSamples,
  type Fold,
  type Samples,
} from '../data/index.js';
import { fitted, latentOf, varianceExplained } from '../train.js';

/** How well one training does on frames that it did not see. */
export interface Scores {
  validationLoss: number;
  /** VAMP-2 score of the latent at the lag, 0 to the number of CVs; absent where frames are not ordered in time. */
  vamp2?: number;
  /** 1 − reconstruction error / variance, for methods that reconstruct. */
  varianceExplained?: number;
  epochs: number;
}

/** Scores of settings, each fold validating in turn; with one fold, on the usual validation set. */
export async function crossValidatedHere(
  dataset: Dataset,
  options: TrainOptions,
  folds: number,
  hooks: FitHooks = {},
): Promise<Scores[]> {
  const settings = trainSettings(options);
  if (folds === 1) return [await scored(dataset, settings, undefined, hooks)];
  const scores: Scores[] = [];
  for (let index = 0; index < folds; index++)
    scores.push(await scored(dataset, settings, { index, count: folds }, hooks));
  return scores;
}

/** The same for several settings. */
export async function searchHere(
  dataset: Dataset,
  trials: TrainOptions[],
  folds: number,
  hooks: FitHooks = {},
): Promise<Scores[][]> {
  for (const trial of trials) prepare(dataset, trainSettings(trial));
  const scores: Scores[][] = [];
  for (const trial of trials) scores.push(await crossValidatedHere(dataset, trial, folds, hooks));
  return scores;
}

async function scored(
  dataset: Dataset,
  settings: TrainSettings,
  fold: Fold | undefined,
  hooks: FitHooks,
): Promise<Scores> {
  const prepared = prepare(dataset, settings, { fold });
  const { runtime } = await chooseRuntime(settings);
  const { best } = await fitted({ prepared, settings, parts: wholeInMemory(prepared) }, runtime, hooks);
  const { epochs } = prepared.course;
  if (stillFalling(best, epochs)) hooks.onWarning?.(stillFallingWarning(epochs));
  const vamp2 = await heldOutVamp2(prepared, best, settings, runtime);
  const explained = varianceExplained(prepared, best);
  return {
    validationLoss: best.bestLoss,
    vamp2,
    varianceExplained: explained,
    epochs: best.curves.train.length,
  };
}

/** tr((C0⁻¹ Ct)²) of the latent over validation pairs, whatever the method: Σ λ² of its slow directions. */
async function heldOutVamp2(
  prepared: Prepared,
  best: Fit,
  { latent: k, lag }: TrainSettings,
  runtime: Runtime,
): Promise<number | undefined> {
  const pairs = validationPairs(prepared, lag);
  if (!pairs || pairs.now.length < 20 * k) return undefined;
  const latent = await latentOf(prepared, best, runtime);
  const { eigenvalues } = slowDirections(laggedCovariances(latent, prepared.method.width ?? k, pairs));
  return eigenvalues.slice(0, k).reduce((sum, value) => sum + value ** 2, 0);
}

function validationPairs({ split, sampling, inputs }: Prepared, lag: number): Samples | undefined {
  if (split.validation.later) return split.validation;
  try {
    const frames = Math.round(lag / frameSpacing(inputs).spacing);
    return frames > 0 ? splitSamples(inputs.segments, { ...sampling, lag: frames }).validation : undefined;
  } catch (error) {
    if (error instanceof LatentcvError) return undefined;
    throw error;
  }
}
