import type { Runtime } from '../../runtimes/index.js';
import { LatentcvError } from '../../support/index.js';
import { fit } from './fit.js';
import type { Fit } from './progress.js';
import { Saver } from './saver.js';
import { solved } from './solve.js';
import { stillFalling, stillFallingWarning } from './still-falling.js';
import type { StopSignal, TrainingHooks } from '../hooks.js';
import type { Prepared } from '../prepared.js';

/** The best of all restarts. */
export interface BestFit {
  best: Fit;
  /** Which it is, from 0. */
  restart: number;
  /** Whether one of the restarts was ended by its most epochs. */
  atMostEpochs: boolean;
}

/**
 * Fits every restart, or solves where the method has a closed form, and keeps the best validation loss.
 * @throws LatentcvError as `fit` does, and where a checkpoint is of another training
 */
export async function bestFit(
  prepared: Prepared,
  runtime: Runtime,
  hooks: TrainingHooks<StopSignal> = {},
): Promise<BestFit> {
  const { course, method, settings } = prepared;
  const saver = Saver.of(prepared, hooks);
  if (method.solve) {
    const best = await solved(prepared, (table) => method.solve!(table), runtime);
    return { best, restart: 0, atMostEpochs: false };
  }
  for (const warning of otherCourse(prepared, saver)) hooks.onWarning?.(warning);
  const fits: Fit[] = [];
  try {
    for (let restart = 0; restart < settings.restarts; restart++)
      fits.push(saver?.ended(restart) ?? (await fit(prepared, runtime, { restart, hooks, saver })));
    saver?.save();
  } catch (error) {
    if (error instanceof LatentcvError && error.code === 'interrupted') saver?.save();
    throw error;
  }
  const restart = fits.reduce((best, f, i) => (f.bestLoss < fits[best].bestLoss ? i : best), 0);
  const best = fits[restart];
  const more = saver && !saver.failed ? '‘resume’ ' : '';
  const ends = settings.rows && settings.schedule !== 'constant';
  if (!ends && stillFalling(best, course.epochs)) hooks.onWarning?.(stillFallingWarning(course.epochs, more));
  return { best, restart, atMostEpochs: fits.some((each) => each.atMostEpochs) };
}

/** Where rates and labels go by the most epochs, a training with more of them has another course than one from the start. */
function otherCourse({ course, method, settings }: Prepared, saver: Saver | undefined): string[] {
  const before = saver?.epochsBefore;
  const now = course.epochs;
  if (before === undefined || before === now || saver?.settled) return [];
  const what = [
    ...(settings.schedule === 'constant' ? [] : [`the learning rate (${settings.schedule})`]),
    ...(method.relabel ? ['the renewal of labels'] : []),
  ];
  if (what.length === 0) return [];
  return [
    `${what.join(' and ')} went by ${before} epochs and goes by ${now} from here: the model will be another than ` +
      `${now} epochs from the start give`,
  ];
}
