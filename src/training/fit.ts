import type { Engine, Program, Stepper } from '../engines/index.js';
import { mapValues, type Feeds } from '../graph/index.js';
import type { TrainingTable } from '../models/index.js';
import { LatentcvError } from '../support/errors.js';
import { plainFeeds, stepFeeds, tableFeeds, type Tables } from './batch.js';
import type { TrainSettings } from './options.js';
import { adamFactors } from './optimizer.js';
import { startLinear } from './linear-start.js';
import type { Part, PartSource } from './parts.js';
import type { Prepared } from './prepare.js';
import { Random } from './random.js';
import type { Curves } from './record.js';
import { Labelling, type LabellingProgress } from './relabel.js';
import { initialValues, packParameters, type Packing } from './state.js';
import { lossGraph, names, trainingStep } from './step.js';

/** What is told after every epoch. */
export interface EpochReport {
  /** From 1. */
  epoch: number;
  epochs: number;
  restart: number;
  restarts: number;
  train: number;
  validation: number;
  /** Best validation loss so far in this restart. */
  best: number;
  /** Training frames (pairs) a second. */
  rate: number;
  /** Seconds left if no restart stops early. */
  secondsLeft: number;
}

export interface FitHooks {
  onEpoch?: (report: EpochReport) => void;
  /** Told of everything unusual that does not stop the training. */
  onWarning?: (message: string) => void;
  /** Looked at after every few hundred steps; an `AbortSignal` does. */
  signal?: { readonly aborted: boolean };
}

/** Where one training stands after an epoch: all that the rest of it depends on. */
export interface FitProgress {
  /** Epochs done. */
  epoch: number;
  /** Steps done. */
  steps: number;
  /** State of the random generator. */
  random: readonly number[];
  /** Parameters and Adam's moments. */
  state: Record<string, Float64Array>;
  best: { loss: number; epoch: number; values: Float64Array[] };
  curves: Curves;
  /** Of a method that labels frames itself. */
  labelling?: LabellingProgress;
}

/** Where a training goes on from, and who keeps what it has reached. */
export interface FitSaving {
  from?: FitProgress;
  /** Called after every epoch. */
  reached?: (progress: FitProgress) => void;
}

/** One finished training: values at the best epoch. */
export interface Fit {
  packings: Packing[];
  values: Float64Array[];
  curves: Curves;
  bestEpoch: number;
  bestLoss: number;
  /** State of each frame, of a method that labels frames itself. */
  states?: Int32Array;
}

/** Steps of one call of the engine: between two calls, a training can be stopped. */
const stepsAtOnce = 500;

/** Trains from one set of first weights; stops when the validation loss has not improved for `patience` epochs. */
export async function fit(
  { prepared, settings, parts }: { prepared: Prepared; settings: TrainSettings; parts: PartSource },
  restart: number,
  engine: Engine,
  hooks: FitHooks,
  { from, reached }: FitSaving = {},
): Promise<Fit> {
  const { method, shape, batch, split } = prepared;
  const packings = packParameters(method.parameters);
  const stepper = await engine.compileSteps(trainingStep(method, packings, shape, batch, settings));
  const validator = await engine.compile({
    outputs: lossGraph(method, packings, shape, split.validation.now.length),
  });
  const labelling = await Labelling.of(method, packings, shape.tables, engine, from?.labelling);
  try {
    const progress = from ?? beginning(prepared, settings, packings, restart);
    const random = new Random(progress.random);
    stepper.setState(flatFeeds(progress.state));
    const found = await epochs(prepared, settings, progress, {
      packings,
      stepper,
      validator,
      random,
      parts,
      restart,
      hooks,
      reached,
      ...(labelling && { labelling }),
    });
    if (!labelling) return found;
    return { ...found, states: await labelling.states(valueFeeds(packings, found.values)) };
  } finally {
    await Promise.all([stepper.release(), validator.release(), labelling?.release()]);
  }
}

/** The outcome of a method that has a closed form, with its validation loss. */
export async function solved(
  { method, shape, labels, split }: Prepared,
  solve: (table: TrainingTable) => Map<string, Float64Array>,
  engine: Engine,
): Promise<Fit> {
  const { features, width } = shape.tables;
  const byName = solve({
    features,
    width,
    ...split.train,
    ...(labels && { label: labels.state }),
  });
  const packings = packParameters(method.parameters);
  const values = packings.map(({ members }) =>
    Float64Array.from(members.flatMap(({ name }) => [...(byName.get(name) ?? [])])),
  );
  const { validation } = split;
  const validator = await engine.compile({
    outputs: lossGraph(method, packings, shape, validation.now.length),
  });
  try {
    const parts = await validator.run({ ...plainFeeds(shape, validation), ...valueFeeds(packings, values) });
    const curves: Curves = { train: [], validation: [], parts: {} };
    for (const [name, { data }] of Object.entries(parts)) {
      if (name === names.loss) curves.validation.push(data[0]);
      else curves.parts[name] = [data[0]];
    }
    return { packings, values, curves, bestEpoch: 0, bestLoss: curves.validation[0] };
  } finally {
    await validator.release();
  }
}

/** The parameters as feeds. */
function valueFeeds(packings: Packing[], values: Float64Array[]): Feeds {
  return Object.fromEntries(
    packings.map(({ name, size }, i) => [name, { shape: [size], data: values[i] }] as const),
  );
}

interface Machinery {
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

async function epochs(
  prepared: Prepared,
  settings: TrainSettings,
  { curves, best, ...start }: FitProgress,
  m: Machinery,
): Promise<Fit> {
  let tables = validationFeeds(prepared, m);
  const started = performance.now();
  let { epoch, steps } = start;
  for (; epoch < settings.epochs && epoch - best.epoch <= settings.patience; epoch++) {
    const before = steps;
    const trained = await trainEpoch(prepared, settings, m, { epoch, steps });
    steps = trained.steps;
    const parts = await validate(m, tables);
    record(curves, trained.loss, parts);
    const validation = parts[names.loss];
    checkFinite(trained.loss, validation, epoch);
    if (validation < best.loss) best = { loss: validation, epoch, values: packedValues(m) };
    if (await renewLabels(m, epoch + 1, settings.epochs)) {
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
      ...(m.labelling && { labelling: m.labelling.progress }),
    });
    const seconds = (performance.now() - started) / 1000 / (epoch + 1 - start.epoch);
    m.hooks.onEpoch?.({
      epoch: epoch + 1,
      epochs: settings.epochs,
      restart: m.restart,
      restarts: settings.restarts,
      train: trained.loss,
      validation,
      best: best.loss,
      rate: ((steps - before) * prepared.batch) / seconds,
      secondsLeft: seconds * ((settings.restarts - m.restart) * settings.epochs - epoch - 1),
    });
  }
  return { packings: m.packings, values: best.values, curves, bestEpoch: best.epoch, bestLoss: best.loss };
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
  for (const part of m.parts.epoch(m.random)) {
    const order = Int32Array.from(part.samples.now.keys());
    m.random.shuffle(order);
    const tables = m.labelling?.tables ?? part.tables;
    if (m.tables !== tables) m.stepper.setCaptured(tableFeeds(tables));
    m.tables = tables;
    const inPart = Math.floor(order.length / prepared.batch);
    for (let from = 0; from < inPart; from += stepsAtOnce) {
      if (m.hooks.signal?.aborted) throw stopped(done.epoch);
      const count = Math.min(stepsAtOnce, inPart - from);
      const losses = await someSteps(prepared, settings, m, part, order.subarray(from * prepared.batch), {
        done: steps,
        count,
      });
      sum += losses.reduce((total, loss) => total + loss, 0);
      steps += count;
    }
  }
  return { loss: sum / (steps - done.steps), steps };
}

async function someSteps(
  { batch, shape }: Prepared,
  settings: TrainSettings,
  m: Machinery,
  { samples }: Part,
  order: Int32Array,
  { done, count }: { done: number; count: number },
): Promise<Float64Array> {
  const all = settings.epochs * m.parts.stepsOfEpoch(batch);
  const factors = Object.entries(adamFactors(settings, done, count, all));
  const feeds: Feeds = {
    ...stepFeeds(samples, order, { steps: count, size: batch, needs: shape.needs, random: m.random }),
    ...Object.fromEntries(factors.map(([name, data]) => [name, { shape: [count], data }] as const)),
  };
  return (await m.stepper.runSteps(feeds))[names.loss].data;
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

function beginning(
  prepared: Prepared,
  settings: TrainSettings,
  packings: Packing[],
  restart: number,
): FitProgress {
  const random = new Random(settings.seed + 7919 * restart);
  const values = initialValues(packings, random);
  if (settings.start === 'linear') startLinear(prepared, settings, packings, values);
  const state = Object.fromEntries(
    packings.flatMap(({ name, size }, i) => [
      [name, values[i]],
      [`${name}.m1`, new Float64Array(size)],
      [`${name}.m2`, new Float64Array(size)],
    ]),
  ) as FitProgress['state'];
  const best = { loss: Infinity, epoch: -1, values };
  return {
    epoch: 0,
    steps: 0,
    random: random.state,
    state,
    best,
    curves: { train: [], validation: [], parts: {} },
  };
}

function flatFeeds(state: Record<string, Float64Array>): Feeds {
  return mapValues(state, (data) => ({ shape: [data.length], data }));
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
