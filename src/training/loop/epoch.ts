import type { Runtime, Program, Stepper } from '../../runtimes/index.js';
import type { Feeds } from '../../graph/index.js';
import { LatentcvError, type Random } from '../../support/index.js';
import { plainFeeds, stepFeeds, tableFeeds } from './batch.js';
import { adamFactors } from './optimizer.js';
import type { LabellingProgress } from './progress.js';
import { Labelling } from './relabel.js';
import { packParameters, type ParameterPack } from './state.js';
import { lossGraph, names, trainingStep } from './step.js';
import type { StopSignal } from '../hooks.js';
import type { Samples, Tables } from '../learnable.js';
import type { Prepared } from '../prepared.js';

/** Steps of one call of the runtime: between two calls, a training can be stopped. */
const stepsAtOnce = 500;

/** What the epochs of one restart are made with. */
export interface Machine {
  packings: ParameterPack[];
  stepper: Stepper;
  validator: Program;
  labelling?: Labelling;
  /** The tables that the stepper holds. */
  tables?: Tables;
}

/** @param from the labels that a restart had reached */
export async function machineOf(
  { method, shape, course, split, settings }: Prepared,
  runtime: Runtime,
  from?: LabellingProgress,
): Promise<Machine> {
  const packings = packParameters(method.parameters);
  const step = { method, packings, shape, size: course.batch, optimizer: settings };
  const stepper = await runtime.compileSteps(trainingStep(step));
  const validator = await runtime.compile({
    outputs: lossGraph(method, packings, shape, split.validation.now.length),
  });
  const labelling = await Labelling.of(method, { packings, tables: shape.tables, from }, runtime);
  return { packings, stepper, validator, labelling };
}

export async function releaseMachine({ stepper, validator, labelling }: Machine): Promise<void> {
  await Promise.all([stepper.release(), validator.release(), labelling?.release()]);
}

/** What a restart has done. */
interface Done {
  epoch: number;
  steps: number;
}

/**
 * All batches of one epoch at a part of the learning rate, and its mean loss; frames of a part that do not fill a batch wait for another shuffle.
 * @throws LatentcvError `interrupted` after the signal, `bad-data` where there is no whole batch
 */
export async function epoch(
  machine: Machine,
  prepared: Prepared,
  { random, done, rate, signal }: { random: Random; done: Done; rate: number; signal?: StopSignal },
): Promise<{ loss: number; steps: number }> {
  const { batch } = prepared.course;
  let [sum, { steps: all }] = [0, done];
  for (const part of prepared.parts.epoch(random)) {
    const order = Int32Array.from(part.samples.now.keys());
    random.shuffle(order);
    holdTables(machine, part.tables);
    const inPart = Math.floor(order.length / batch);
    for (let from = 0; from < inPart; from += stepsAtOnce) {
      if (signal?.aborted) throw stopped(done.epoch);
      const count = Math.min(stepsAtOnce, inPart - from);
      const rows = order.subarray(from * batch);
      const losses = await steps(machine, prepared, {
        samples: part.samples,
        rows,
        random,
        done: all,
        count,
        rate,
      });
      sum += losses.reduce((total, loss) => total + loss, 0);
      all += count;
    }
  }
  if (all === done.steps) throw noSteps(batch);
  return { loss: sum / (all - done.steps), steps: all };
}

function holdTables(machine: Machine, given: Tables): void {
  const tables = machine.labelling?.tables ?? given;
  if (machine.tables !== tables) machine.stepper.setCaptured(tableFeeds(tables));
  machine.tables = tables;
}

/** What some steps learn from. */
interface Batches {
  samples: Samples;
  /** Rows of the samples, batch after batch. */
  rows: Int32Array;
  random: Random;
  /** Steps before these. */
  done: number;
  count: number;
  /** Part of the learning rate. */
  rate: number;
}

/** The loss of each step. */
async function steps(
  { stepper }: Machine,
  { course: { batch, epochs }, parts, settings, shape }: Prepared,
  { samples, rows, random, done, count, rate }: Batches,
): Promise<Float64Array> {
  const all = epochs * parts.stepsOfEpoch(batch);
  const factors = Object.entries(
    adamFactors({ ...settings, learningRate: rate * settings.learningRate }, done, count, all),
  );
  const feeds: Feeds = {
    ...stepFeeds(samples, rows, { steps: count, size: batch, needs: shape.needs, random }),
    ...Object.fromEntries(factors.map(([name, data]) => [name, { shape: [count], data }] as const)),
  };
  return (await stepper.runSteps(feeds))[names.loss].data;
}

function noSteps(batch: number): LatentcvError {
  return new LatentcvError(
    'bad-data',
    `expected frames (or pairs of them) for a batch of ${batch} but there are fewer to train on`,
    'give a smaller ‘batch’, or more frames',
  );
}

function stopped(epochs: number): LatentcvError {
  return new LatentcvError('interrupted', `training was stopped after ${epochs} epochs`);
}

/** What the loss is measured on between epochs. */
export function heldOutFeeds({ labelling }: Machine, { shape, split }: Prepared): Feeds {
  return plainFeeds(labelling ? { ...shape, tables: labelling.tables } : shape, split.validation);
}

/** The loss and its parts as the parameters are. */
export async function validate(
  { packings, stepper, validator }: Machine,
  frames: Feeds,
): Promise<Record<string, number>> {
  const state = stepper.state();
  const parameters = Object.fromEntries(packings.map(({ name }) => [name, state[name]]));
  const parts = await validator.run({ ...frames, ...parameters });
  return Object.fromEntries(Object.entries(parts).map(([name, { data }]) => [name, data[0]]));
}

/** Whether frames were given other labels. */
export async function renewLabels(
  { labelling, stepper, packings }: Machine,
  done: number,
  epochs: number,
): Promise<boolean> {
  if (!labelling?.due(done, epochs)) return false;
  const state = stepper.state();
  return labelling.renew(Object.fromEntries(packings.map(({ name }) => [name, state[name]])));
}
