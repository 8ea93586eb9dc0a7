import { frameSpacing, type Dataset } from '../frames/index.js';
import { onCircles } from '../kinetics/index.js';
import { laggedCovariances, slowDirections } from '../models/index.js';
import { chooseRuntime } from '../runtimes/index.js';
import { LatentcvError } from '../support/index.js';
import { learnableFrames, prepare, splitSamples, type LearnableFrames } from './data/index.js';
import { framesOfPairs } from './frames-of-pairs.js';
import type { StopSignal, TrainingHooks } from './hooks.js';
import type { Samples } from './learnable.js';
import { bestFit, latentOf, scouted } from './loop/index.js';
import { trainSettings, type TrainOptions, type TrainSettings } from './options.js';
import { angleDomains, varianceExplained, type Scores } from './outcome/index.js';
import type { Prepared } from './prepared.js';

/**
 * Scores of several settings, each fold validating in turn; with one fold, on the usual validation set.
 * @throws LatentcvError as `train` does; what does not fit of any of the settings, before the first training
 */
export async function crossValidate(
  dataset: Dataset,
  { trials, folds }: { trials: readonly TrainOptions[]; folds: number },
  hooks: TrainingHooks<StopSignal> = {},
): Promise<Scores[][]> {
  const split = splitOnce(dataset);
  const all = trials.map((trial) => trainSettings(trial));
  if (all.length > 1) for (const settings of all) prepare(split(settings), settings);
  const scores: Scores[][] = [];
  for (const settings of all) {
    const own: Scores[] = [];
    for (let index = 0; index < folds; index++) {
      const fold = folds === 1 ? undefined : { index, count: folds };
      own.push(await scored(prepare(split(settings), settings, fold), hooks));
    }
    scores.push(own);
  }
  return scores;
}

/** The frames with their columns told apart, once for all settings that name the same. */
function splitOnce(dataset: Dataset): (settings: TrainSettings) => LearnableFrames {
  const known = new Map<string, LearnableFrames>();
  return (settings) => {
    const { weights, pairsFrom, bias, temperature, temperatures, replicas, labels, properties } = settings;
    const key = JSON.stringify([
      ...[weights, pairsFrom, bias, temperature, temperatures, replicas],
      ...[labels, properties],
    ]);
    const found = known.get(key) ?? learnableFrames(dataset, settings);
    known.set(key, found);
    return found;
  };
}

/** One training, of which nothing is kept but its scores. */
async function scored(ready: Prepared, hooks: TrainingHooks<StopSignal>): Promise<Scores> {
  const { runtime } = await chooseRuntime(ready.settings);
  const begun = await scouted(ready, runtime, hooks.signal);
  const { prepared } = begun;
  const { best } = await bestFit(begun, runtime, { ...hooks, checkpoint: undefined });
  const latent = (): Promise<Float64Array> => latentOf(prepared, best, runtime);
  return {
    validationLoss: best.bestLoss,
    vamp2: await heldOutVamp2(prepared, latent),
    varianceExplained: varianceExplained(prepared, best),
    epochs: best.curves.train.length,
  };
}

/** tr((C0⁻¹ Ct)²) of the latent over validation pairs, whatever the method: Σ λ² of its slow directions; angles by sine and cosine. */
async function heldOutVamp2(
  prepared: Prepared,
  latent: () => Promise<Float64Array>,
): Promise<number | undefined> {
  const { method, settings } = prepared;
  const { width = settings.latent, angles = 0 } = method;
  const k = settings.latent + angles;
  const pairs = validationPairs(prepared);
  if (!pairs || pairs.now.length < 20 * k) return undefined;
  const points = onCircles({ values: await latent(), width }, angleDomains(angles));
  const covariances = laggedCovariances(points.values, points.width, pairs);
  const { eigenvalues } = slowDirections(covariances);
  return eigenvalues.slice(0, k).reduce((sum, value) => sum + value ** 2, 0);
}

function validationPairs({ split, sampling, roles, settings }: Prepared): Samples | undefined {
  if (split.validation.later) return split.validation;
  const { inputs } = roles;
  try {
    const frames = Math.round(settings.lag / frameSpacing(framesOfPairs(inputs, roles, settings)).spacing);
    return frames > 0 ? splitSamples(inputs.segments, { ...sampling, lag: frames }).validation : undefined;
  } catch (error) {
    if (error instanceof LatentcvError) return undefined;
    throw error;
  }
}
