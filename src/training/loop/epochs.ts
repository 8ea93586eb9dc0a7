import type { Program, Stepper } from '../../runtimes/index.js';
import { mapValues, type Feeds } from '../../graph/index.js';
import { LatentcvError } from '../../support/index.js';
import { plainFeeds, stepFeeds, tableFeeds, type Tables } from './batch.js';
import type { Course } from './course.js';
import type { TrainSettings } from '../options.js';
import { adamFactors } from './optimizer.js';
import type { Part, PartSource, Prepared, Random } from '../data/index.js';
import type { Fit, FitHooks, FitProgress, FitSaving } from './progress.js';
import type { Curves } from '../outcome/index.js';
import type { Labelling } from './relabel.js';
import type { Packing } from './state.js';
import { names } from './step.js';

/** Steps of one call of the runtime: between two calls, a training can be stopped. */
const stepsAtOnce = 500;

/** What the epochs of one training work with. */
export interface Machinery {
  packings: Packing[];
  stepper: Stepper;
  validator: Program;
  random: Random;
  parts: PartSource;
  restart: number;
  hooks: FitHooks;
  reached: FitSaving['reached'];
  /** The tables that the stepper holds. */
  tables?: Tables;
  labelling?: Labelling;
}

/** Whether a training that has reached this has epochs before it. */
export function goesOn(
  { epoch, best }: Pick<FitProgress, 'epoch' | 'best'>,
  { epochs, patience }: Pick<Course, 'epochs' | 'patience'>,
): boolean {
  return epoch < epochs && epoch - best.epoch <= patience;
}

/** Epochs until the last one, or until the validation loss has not improved for `patience` of them. */
export async function epochs(
  prepared: Prepared,
  settings: TrainSettings,
  { curves, best, ...start }: FitProgress,
  m: Machinery,
): Promise<Fit> {
  let tables = validationFeeds(prepared, m);
  const started = performance.now();
  let { epoch, steps } = start;
  const { course } = prepared;
  for (; goesOn({ epoch, best }, course); epoch++) {
    const before = steps;
    const trained = await trainEpoch(prepared, settings, m, { epoch, steps });
    steps = trained.steps;
    const parts = await validate(m, tables);
    record(curves, trained.loss, parts);
    const validation = parts[names.loss];
    checkFinite(trained.loss, validation, epoch);
    if (validation < best.loss) best = { loss: validation, epoch, values: packedValues(m) };
    if (await renewLabels(m, epoch + 1, course.epochs)) {
      tables = validationFeeds(prepared, m);
      // losses by other labels do not compare
      best = { loss: Infinity, epoch, values: packedValues(m) };
    }
    m.reached?.({
      epoch: epoch + 1,
      steps,
      random: m.random.state,
      state: flatState(m),
      best,
      curves,
      labelling: m.labelling && m.labelling.progress,
    });
    const seconds = (performance.now() - started) / 1000 / (epoch + 1 - start.epoch);
    m.hooks.onEpoch?.({
      epoch: epoch + 1,
      epochs: course.epochs,
      restart: m.restart,
      restarts: settings.restarts,
      train: trained.loss,
      validation,
      best: best.loss,
      rate: ((steps - before) * course.batch) / seconds,
      secondsLeft: seconds * ((settings.restarts - m.restart) * course.epochs - epoch - 1),
    });
  }
  return {
    packings: m.packings,
    values: best.values,
    curves,
    bestEpoch: best.epoch,
    bestLoss: best.loss,
    atMostEpochs: goesOn({ epoch, best }, { ...course, epochs: Infinity }),
  };
}

function validationFeeds({ shape, split }: Prepared, { labelling }: Machinery): Feeds {
  return plainFeeds(labelling ? { ...shape, tables: labelling.tables } : shape, split.validation);
}

/** Whether frames were given other labels. */
async function renewLabels(
  { labelling, stepper, packings }: Machinery,
  epoch: number,
  epochs: number,
): Promise<boolean> {
  if (!labelling?.due(epoch, epochs)) return false;
  const state = stepper.state();
  return labelling.renew(Object.fromEntries(packings.map(({ name }) => [name, state[name]])));
}

/** All batches of one epoch; frames of a part that do not fill a batch wait for another shuffle. */
async function trainEpoch(
  prepared: Prepared,
  settings: TrainSettings,
  m: Machinery,
  done: { epoch: number; steps: number },
): Promise<{ loss: number; steps: number }> {
  let [sum, { steps }] = [0, done];
  const { batch } = prepared.course;
  for (const part of m.parts.epoch(m.random)) {
    const order = Int32Array.from(part.samples.now.keys());
    m.random.shuffle(order);
    const tables = m.labelling?.tables ?? part.tables;
    if (m.tables !== tables) m.stepper.setCaptured(tableFeeds(tables));
    m.tables = tables;
    const inPart = Math.floor(order.length / batch);
    for (let from = 0; from < inPart; from += stepsAtOnce) {
      if (m.hooks.signal?.aborted) throw stopped(done.epoch);
      const count = Math.min(stepsAtOnce, inPart - from);
      const losses = await someSteps(prepared, settings, m, part, order.subarray(from * batch), {
        done: steps,
        count,
      });
      sum += losses.reduce((total, loss) => total + loss, 0);
      steps += count;
    }
  }
  if (steps === done.steps) throw noSteps(batch);
  return { loss: sum / (steps - done.steps), steps };
}

async function someSteps(
  { course: { batch, epochs }, shape }: Prepared,
  settings: TrainSettings,
  m: Machinery,
  { samples }: Part,
  order: Int32Array,
  { done, count }: { done: number; count: number },
): Promise<Float64Array> {
  const all = epochs * m.parts.stepsOfEpoch(batch);
  const factors = Object.entries(adamFactors(settings, done, count, all));
  const feeds: Feeds = {
    ...stepFeeds(samples, order, { steps: count, size: batch, needs: shape.needs, random: m.random }),
    ...Object.fromEntries(factors.map(([name, data]) => [name, { shape: [count], data }] as const)),
  };
  return (await m.stepper.runSteps(feeds))[names.loss].data;
}

function noSteps(batch: number): LatentcvError {
  return new LatentcvError(
    'bad-data',
    `expected frames (or pairs of them) for a batch of ${batch} but there are fewer to train on`,
    'give a smaller --batch, or more frames',
  );
}

function stopped(epoch: number): LatentcvError {
  return new LatentcvError('interrupted', `training was stopped after ${epoch} epochs`);
}

async function validate(
  { packings, stepper, validator }: Machinery,
  tables: Feeds,
): Promise<Record<string, number>> {
  const state = stepper.state();
  const parameters = Object.fromEntries(packings.map(({ name }) => [name, state[name]]));
  const parts = await validator.run({ ...tables, ...parameters });
  return Object.fromEntries(Object.entries(parts).map(([name, { data }]) => [name, data[0]]));
}

function flatState({ stepper }: Machinery): Record<string, Float64Array> {
  return mapValues(stepper.state(), ({ data }) => data);
}

function packedValues({ packings, stepper }: Machinery): Float64Array[] {
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

function checkFinite(train: number, validation: number, epoch: number): void {
  if (Number.isFinite(train) && Number.isFinite(validation)) return;
  throw new LatentcvError(
    'bad-data',
    `the loss became ${Number.isFinite(train) ? validation : train} in epoch ${epoch + 1}`,
    'try a smaller learning rate',
  );
}
