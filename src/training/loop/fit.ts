import { mapValues } from '../../graph/index.js';
import type { Runtime } from '../../runtimes/index.js';
import { LatentcvError, Random } from '../../support/index.js';
import { goesByEpochs } from '../choices.js';
import { beginning } from './beginning.js';
import {
  epoch,
  heldOutFeeds,
  machineOf,
  releaseMachine,
  renewLabels,
  validate,
  type Machine,
} from './epoch.js';
import { afterEpoch, atFullRate, rateLeft } from './plateau.js';
import { goesOn, type Fit, type FitProgress } from './progress.js';
import type { Saver } from './saver.js';
import { scout } from './scout.js';
import { flatFeeds, valueFeeds } from './state.js';
import { names } from './step.js';
import type { StopSignal, TrainingHooks } from '../hooks.js';
import type { Curves } from '../learned.js';
import type { Prepared } from '../prepared.js';

/** One restart. */
export interface FitOptions {
  /** Which it is, from 0. */
  restart: number;
  hooks?: TrainingHooks<StopSignal>;
  /** Knows where it goes on from, and keeps what it reaches. */
  saver?: Saver;
  /** Values that the first part of the training ended at, where that is known. */
  first?: Float64Array[];
}

/**
 * Trains from one set of first weights, until the most epochs, or until the validation loss has not improved for
 * `patience` of them.
 * @throws LatentcvError `interrupted` after the signal, `bad-data` where the loss is no number
 */
export async function fit(
  prepared: Prepared,
  runtime: Runtime,
  { restart, hooks = {}, saver, first }: FitOptions,
): Promise<Fit> {
  const from = saver?.progress(restart);
  const scoutedValues = from
    ? undefined
    : (first ?? (await scoutedFor(prepared, runtime, { restart, hooks })));
  const machine = await machineOf(prepared, runtime, from?.labelling);
  try {
    const { course } = prepared;
    const start = from ?? beginning(prepared, machine.packings, restart, scoutedValues);
    const { curves } = start;
    const random = new Random(start.random);
    machine.stepper.setState(flatFeeds(start.state));
    let { best, plateau, ...done } = start;
    if (prepared.settings.schedule === 'plateau') plateau ??= atFullRate;
    let frames = heldOutFeeds(machine, prepared);
    const tell = reporting(prepared, { restart, hooks, before: start.epoch });
    while (goesOn({ ...done, best, plateau }, course)) {
      const rate = plateau ? rateLeft(plateau) : 1;
      const trained = await epoch(machine, prepared, { random, done, rate, signal: hooks.signal });
      const parts = await validate(machine, frames);
      const validation = parts[names.loss];
      record(curves, trained.loss, parts);
      plateau &&= afterEpoch(plateau, curves.validation, course);
      checkFinite(trained.loss, validation, done.epoch);
      if (validation < best.loss) best = { loss: validation, epoch: done.epoch, values: values(machine) };
      if (await renewLabels(machine, done.epoch + 1, course.epochs)) {
        frames = heldOutFeeds(machine, prepared);
        // losses by other labels do not compare
        best = { loss: Infinity, epoch: done.epoch, values: values(machine) };
        plateau &&= { ...plateau, loss: Infinity, fell: done.epoch + 1 };
      }
      const frameCount = (trained.steps - done.steps) * course.batch;
      done = { ...done, epoch: done.epoch + 1, steps: trained.steps };
      saver?.reached(restart, progressOf(machine, { ...done, best, plateau, curves, random: random.state }));
      tell({ epoch: done.epoch, train: trained.loss, validation, best: best.loss, frames: frameCount });
    }
    const fitted: Fit = {
      packings: machine.packings,
      values: best.values,
      curves,
      bestEpoch: best.epoch,
      bestLoss: best.loss,
      // a rate that has fallen to zero ends a training by itself
      atMostEpochs:
        !byItself(prepared) && goesOn({ ...done, best, plateau }, { ...course, epochs: Infinity }),
      ...(await statesBy(machine, best.values)),
    };
    saver?.finish(restart, fitted);
    return fitted;
  } finally {
    await releaseMachine(machine);
  }
}

/** What the first part of a restart leads to, of a method that has one. */
async function scoutedFor(
  prepared: Prepared,
  runtime: Runtime,
  { restart, hooks: { signal } }: { restart: number; hooks: TrainingHooks<StopSignal> },
): Promise<Float64Array[] | undefined> {
  if (!prepared.method.scouting) return undefined;
  return (await scout(prepared, runtime, { restart, ...(signal && { signal }) })).values;
}

/** Whether the end of a training is where it was to end, and not a limit. */
export const byItself = ({ course, settings: { rows, schedule } }: Prepared): boolean =>
  course.endsEarly === true || (rows === true && goesByEpochs(schedule));

/** Tells of each epoch, with how fast they are and how long the rest takes. */
function reporting(
  { settings: { restarts }, course: { epochs } }: Prepared,
  { restart, hooks, before }: { restart: number; hooks: TrainingHooks<StopSignal>; before: number },
) {
  const started = performance.now();
  return (
    done: { epoch: number; frames: number } & Record<'train' | 'validation' | 'best', number>,
  ): void => {
    const { frames, ...losses } = done;
    const seconds = (performance.now() - started) / 1000 / (done.epoch - before);
    hooks.onEpoch?.({
      ...losses,
      epochs,
      restart,
      restarts,
      rate: frames / seconds,
      secondsLeft: seconds * ((restarts - restart) * epochs - done.epoch),
    });
  };
}

function progressOf(
  { stepper, labelling }: Machine,
  done: Omit<FitProgress, 'state' | 'labelling'>,
): FitProgress {
  const { epoch, steps, random, best, plateau, curves } = done;
  const state = mapValues(stepper.state(), ({ data }) => data);
  return { epoch, steps, random, state, best, plateau, curves, labelling: labelling?.progress };
}

/** The states of a method that labels frames itself, by its values. */
async function statesBy(
  { labelling, packings }: Machine,
  best: Float64Array[],
): Promise<Pick<Fit, 'states'>> {
  return labelling ? { states: await labelling.states(valueFeeds(packings, best)) } : {};
}

function values({ packings, stepper }: Machine): Float64Array[] {
  const state = stepper.state();
  return packings.map(({ name }) => state[name].data);
}

function record(curves: Curves, train: number, parts: Record<string, number>): void {
  curves.train.push(train);
  for (const [name, value] of Object.entries(parts)) {
    if (name === names.loss) curves.validation.push(value);
    else (curves.parts[name] ??= []).push(value);
  }
}

function checkFinite(train: number, validation: number, before: number): void {
  if (Number.isFinite(train) && Number.isFinite(validation)) return;
  throw new LatentcvError(
    'bad-data',
    `the loss became ${Number.isFinite(train) ? validation : train} in epoch ${before + 1}`,
    'try a smaller learning rate',
  );
}
