import type { Runtime } from '../../runtimes/index.js';
import { LatentcvError } from '../../support/index.js';
import { goesByEpochs } from '../choices.js';
import { byItself, fit } from './fit.js';
import type { Fit } from './progress.js';
import { Saver } from './saver.js';
import type { Scouted } from './scout.js';
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
  { prepared, first }: Scouted,
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
      fits.push(
        saver?.ended(restart) ??
          (await fit(prepared, runtime, {
            ...{ restart, hooks, saver },
            ...(restart === 0 && first && { first }),
          })),
      );
    saver?.save();
  } catch (error) {
    if (error instanceof LatentcvError && error.code === 'interrupted') saver?.save();
    throw error;
  }
  const restart = fits.reduce((best, f, i) => (f.bestLoss < fits[best].bestLoss ? i : best), 0);
  const best = fits[restart];
  const more = saver && !saver.failed ? '‘resume’ ' : '';
  if (!byItself(prepared) && stillFalling(best, course.epochs))
    hooks.onWarning?.(stillFallingWarning(course.epochs, more));
  return { best, restart, atMostEpochs: fits.some((each) => each.atMostEpochs) };
}

/** Where rates and labels go by the most epochs, or rates by the patience, a training with more of them has another course than one from the start. */
function otherCourse({ course, method, settings }: Prepared, saver: Saver | undefined): string[] {
  const before = saver?.courseBefore;
  if (before === undefined || saver?.settled) return [];
  const byEpochs = [
    ...(goesByEpochs(settings.schedule) ? [`the learning rate (${settings.schedule})`] : []),
    ...(method.relabel ? ['the renewal of labels'] : []),
  ];
  const byPatience = settings.schedule === 'plateau' ? ['the learning rate (plateau)'] : [];
  return [
    ...told(byEpochs, before.epochs, course.epochs, 'epochs'),
    ...told(byPatience, before.patience, course.patience, 'epochs of patience'),
  ];
}

function told(what: string[], before: number, now: number, unit: string): string[] {
  if (what.length === 0 || before === now) return [];
  return [
    `${what.join(' and ')} went by ${before} ${unit} and goes by ${now} from here: the model will be another than ` +
      `${now} ${unit} from the start give`,
  ];
}
