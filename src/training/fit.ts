import type { Engine, Program, Stepper } from '../engines/index.js';
import type { Feeds } from '../graph/index.js';
import type { TrainingTable } from '../models/index.js';
import { LatentcvError } from '../support/errors.js';
import { plainFeeds, stepFeeds, tableFeeds, type Tables } from './batch.js';
import type { TrainSettings } from './options.js';
import { adamFactors } from './optimizer.js';
import { startLinear } from './linear-start.js';
import type { Prepared } from './prepare.js';
import { Random } from './random.js';
import type { Curves } from './record.js';
import { Labelling } from './relabel.js';
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
  /** Seconds left if no restart stops early. */
  secondsLeft: number;
}

export interface FitHooks {
  onEpoch?: (report: EpochReport) => void;
  signal?: AbortSignal;
}

/** One finished training: values at the best epoch. */
export interface Fit {
  packings: Packing[];
  values: Float32Array[];
  curves: Curves;
  bestEpoch: number;
  bestLoss: number;
  /** State of each frame, of a method that labels frames itself. */
  states?: Int32Array;
}

/** Trains from one set of first weights; stops when the validation loss has not improved for `patience` epochs. */
export async function fit(
  prepared: Prepared,
  settings: TrainSettings,
  restart: number,
  engine: Engine,
  hooks: FitHooks,
): Promise<Fit> {
  const { method, shape, batch, split } = prepared;
  const packings = packParameters(method.parameters);
  const random = new Random(settings.seed + 7919 * restart);
  const decay = settings.learningRate * settings.weightDecay;
  const stepper = await engine.compileSteps(trainingStep(method, packings, shape, { batch, decay }));
  const validator = await engine.compile({
    outputs: lossGraph(method, packings, shape, split.validation.now.length),
  });
  const labelling = await Labelling.of(method, packings, shape.tables, engine);
  try {
    stepper.setCaptured(tableFeeds(shape.tables));
    const values = initialValues(packings, random);
    if (settings.start === 'linear') startLinear(prepared, settings, packings, values);
    stepper.setState(firstState(packings, values));
    const machinery = {
      packings,
      stepper,
      validator,
      random,
      restart,
      hooks,
      ...(labelling && { labelling }),
    };
    const found = await epochs(prepared, settings, machinery);
    return labelling
      ? { ...found, states: await labelling.states(valueFeeds(packings, found.values)) }
      : found;
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
  const byName = solve({ features, width, ...split.train, ...(labels && { label: labels.state }) });
  const packings = packParameters(method.parameters);
  const values = packings.map(({ members }) =>
    Float32Array.from(members.flatMap(({ name }) => [...(byName.get(name) ?? [])])),
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

function valueFeeds(packings: Packing[], values: Float32Array[]): Feeds {
  return Object.fromEntries(packings.map(({ name, size }, i) => [name, { shape: [size], data: values[i] }]));
}

interface Machinery {
  packings: Packing[];
  stepper: Stepper;
  validator: Program;
  random: Random;
  restart: number;
  hooks: FitHooks;
  labelling?: Labelling;
}

async function epochs(prepared: Prepared, settings: TrainSettings, m: Machinery): Promise<Fit> {
  let tables = plainFeeds(prepared.shape, prepared.split.validation);
  const curves: Curves = { train: [], validation: [], parts: {} };
  const best = { loss: Infinity, epoch: -1, values: packedValues(m) };
  const started = performance.now();
  for (let epoch = 0; epoch < settings.epochs && epoch - best.epoch <= settings.patience; epoch++) {
    if (m.hooks.signal?.aborted)
      throw new LatentcvError('interrupted', `training was stopped after ${epoch} epochs`);
    const train = await trainEpoch(prepared, settings, m, epoch);
    const parts = await validate(m, tables);
    record(curves, train, parts);
    const validation = parts[names.loss];
    checkFinite(train, validation, epoch);
    if (validation < best.loss) Object.assign(best, { loss: validation, epoch, values: packedValues(m) });
    const seconds = (performance.now() - started) / 1000;
    const toGo = (settings.restarts - m.restart) * settings.epochs - epoch - 1;
    m.hooks.onEpoch?.({
      epoch: epoch + 1,
      epochs: settings.epochs,
      restart: m.restart,
      restarts: settings.restarts,
      train,
      validation,
      best: best.loss,
      secondsLeft: (seconds / (epoch + 1)) * toGo,
    });
    const renewed = await renewLabels(m, epoch + 1, settings.epochs);
    if (!renewed) continue;
    tables = plainFeeds({ ...prepared.shape, tables: renewed }, prepared.split.validation);
    // Losses by other labels do not compare.
    Object.assign(best, { loss: Infinity, epoch, values: packedValues(m) });
  }
  return { packings: m.packings, values: best.values, curves, bestEpoch: best.epoch, bestLoss: best.loss };
}

async function renewLabels(
  { labelling, stepper, packings }: Machinery,
  epoch: number,
  epochs: number,
): Promise<Tables | undefined> {
  if (!labelling?.due(epoch, epochs)) return undefined;
  const state = stepper.state();
  const renewed = await labelling.renew(Object.fromEntries(packings.map(({ name }) => [name, state[name]])));
  if (renewed) stepper.setCaptured(tableFeeds(renewed));
  return renewed;
}

/** All batches of one epoch in one run; frames that do not fill a batch wait for another shuffle. */
async function trainEpoch(
  prepared: Prepared,
  settings: TrainSettings,
  m: Machinery,
  epoch: number,
): Promise<number> {
  const { batch, split, shape } = prepared;
  const { train } = split;
  const steps = Math.floor(train.now.length / batch);
  const order = Int32Array.from(train.now.keys());
  m.random.shuffle(order);
  const { rate, epsilon } = adamFactors(settings.learningRate, epoch * steps, steps);
  const feeds: Feeds = {
    ...stepFeeds(train, order, { steps, size: batch, needs: shape.needs, random: m.random }),
    [names.rate]: { shape: [steps], data: rate },
    [names.epsilon]: { shape: [steps], data: epsilon },
  };
  const { data } = (await m.stepper.runSteps(feeds))[names.loss];
  return Array.from(data).reduce((sum, loss) => sum + loss, 0) / steps;
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

function firstState(packings: Packing[], values: Float32Array[]): Feeds {
  return Object.fromEntries(
    packings.flatMap(({ name, size }, i) => [
      [name, { shape: [size], data: values[i] }],
      [`${name}.m1`, { shape: [size], data: new Float32Array(size) }],
      [`${name}.m2`, { shape: [size], data: new Float32Array(size) }],
    ]),
  );
}

function packedValues({ packings, stepper }: Machinery): Float32Array[] {
  const state = stepper.state();
  return packings.map(({ name }) => Float32Array.from(state[name].data));
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
