import type { Dataset } from '../frames/index.js';
import { chooseRuntime } from '../runtimes/index.js';
import { prepare, type FrameStore, type LearnableFrames } from './data/index.js';
import type { StopSignal, TrainingHooks } from './hooks.js';
import { bestFit, eigenfunctionsOf, latentOf, scouted, unpackArrays } from './loop/index.js';
import { trainSettings, type TrainOptions } from './options.js';
import { doubtsOf, encoderOf, type TrainedEncoder } from './outcome/index.js';

/**
 * From frames to a trained encoder, in the calling thread, which cannot do anything else meanwhile; `train` does it in
 * a thread of its own.
 * @throws LatentcvError as `train` does
 */
export async function trainEncoder(
  frames: Dataset | FrameStore | LearnableFrames,
  options: TrainOptions = {},
  hooks: TrainingHooks<StopSignal> = {},
): Promise<TrainedEncoder> {
  const settings = trainSettings(options);
  const ready = prepare(frames, settings);
  for (const warning of ready.warnings) hooks.onWarning?.(warning);
  const { runtime, reason } = await chooseRuntime(settings);
  const begun = await scouted(ready, runtime, hooks.signal);
  const { prepared } = begun;
  const { best, ...which } = await bestFit(begun, runtime, hooks);
  const learned = {
    ...best,
    ...which,
    parameters: unpackArrays(best.packings, best.values),
    latent: await latentOf(prepared, best, runtime),
    eigenfunctions: await eigenfunctionsOf(prepared, best, runtime),
  };
  const encoder = encoderOf(prepared, learned, `${runtime.name}, ${settings.device}: ${reason}`);
  for (const doubt of doubtsOf(encoder.record)) hooks.onWarning?.(doubt);
  return encoder;
}
