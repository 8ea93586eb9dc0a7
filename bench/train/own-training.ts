import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Runtime, Stepper } from '../../src/runtimes/index.js';
import { stepFeeds, tableFeeds } from '../../src/training/loop/batch.js';
import { fit } from '../../src/training/loop/fit.js';
import { trainSettings } from '../../src/training/options.js';
import type { Prepared } from '../../src/training/prepared.js';
import { adamFactors } from '../../src/training/loop/optimizer.js';
import { prepare } from '../../src/training/data/prepare.js';
import { Random } from '../../src/support/random.js';
import { packParameters, initialValues } from '../../src/training/loop/state.js';
import { names, trainingStep } from '../../src/training/loop/step.js';
import { stopwatch, type Seconds } from '../contestants/stopwatch.js';
import { readDataset, storeOf, withStates } from './frames.js';
import { arrays, optimizerSettings, settingsOf, type Problem } from './problem.js';
import type { Reached, SlopeMethod, TrainProtocol } from './protocol.js';

/** As many steps as `fit` gives the runtime at once. */
const stepsAtOnce = 500;

/** Steps outside of a training, by what a training makes its steps with. */
export class OwnSteps {
  private done = 0;

  private constructor(
    private readonly stepper: Stepper,
    private readonly prepared: Prepared,
    private readonly order: Int32Array,
  ) {}

  static async begin(problem: Problem, runtime: Runtime): Promise<OwnSteps> {
    const settings = settingsOf(problem, 1, 1);
    const prepared = prepare(readDataset(join(problem.folder, arrays.values), problem), settings);
    const {
      method,
      shape,
      course: { batch },
    } = prepared;
    const packings = packParameters(method.parameters);
    const step = { method, packings, shape, size: batch, optimizer: prepared.settings };
    const stepper = await runtime.compileSteps(trainingStep(step));
    stepper.setCaptured(tableFeeds(shape.tables));
    const values = initialValues(packings, new Random(problem.seed));
    packings.forEach(({ name, size }, i) => {
      const zeros = { shape: [size], data: new Float64Array(size) };
      stepper.setState({ [name]: { shape: [size], data: values[i] } });
      stepper.setState({ [`${name}.m1`]: zeros, [`${name}.m2`]: zeros });
    });
    const bytes = readFileSync(join(problem.folder, arrays.order));
    const order = new Int32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);
    return new OwnSteps(stepper, prepared, order);
  }

  async curve(steps: number): Promise<number[]> {
    return [...(await this.some(steps))];
  }

  async timed(steps: number): Promise<Seconds> {
    const read = stopwatch();
    const atOnce = Math.min(stepsAtOnce, Math.floor(this.order.length / this.prepared.course.batch));
    for (let from = 0; from < steps; from += atOnce) await this.some(Math.min(atOnce, steps - from));
    return read();
  }

  release(): Promise<void> {
    return this.stepper.release();
  }

  private async some(steps: number): Promise<Float64Array> {
    const {
      shape,
      split,
      course: { batch },
    } = this.prepared;
    const factors = Object.entries(adamFactors(this.prepared.settings, this.done, steps, Infinity));
    this.done += steps;
    const random = new Random(1);
    const losses = await this.stepper.runSteps({
      ...stepFeeds(split.train, this.order, { steps, size: batch, needs: shape.needs, random }),
      ...Object.fromEntries(factors.map(([name, data]) => [name, { shape: [steps], data }] as const)),
    });
    return losses[names.loss].data;
  }
}

/** A training as `train` does it, with its validation; the first epoch, which warms up, is not counted. */
export async function ownEpochs(
  problem: Problem,
  runtime: Runtime,
  { epochs, threads, streamed }: { epochs: number; threads: number; streamed: boolean },
): Promise<TrainProtocol['epochs']['answer']> {
  const settings = settingsOf(problem, epochs + 1, threads);
  const frames = streamed
    ? storeOf(problem.folder, problem)
    : readDataset(join(problem.folder, arrays.values), problem);
  return timedEpochs(prepare(frames, settings), runtime);
}

async function timedEpochs(prepared: Prepared, runtime: Runtime): Promise<TrainProtocol['epochs']['answer']> {
  const times: Seconds[] = [];
  let [read, firstLoss] = [stopwatch(), NaN];
  const onEpoch = ({ epoch, train }: { epoch: number; train: number }): void => {
    if (epoch === 1) firstLoss = train;
    else times.push(read());
    read = stopwatch();
  };
  await fit(prepared, runtime, { restart: 0, hooks: { onEpoch } });
  return { epochs: times, firstLoss };
}

/** The same with a loss that has the network's gradient in it: one CV of a committor, two of a generator. */
export async function ownSlopes(
  problem: Problem,
  runtime: Runtime,
  { method, epochs, threads }: { method: SlopeMethod; epochs: number; threads: number },
): Promise<TrainProtocol['slopes']['answer']> {
  const frames = readDataset(join(problem.folder, arrays.values), problem);
  const ofMethod =
    method === 'committor'
      ? { latent: 1, labels: 'state', methodOptions: { gradient: 'inputs', logarithm: false, alpha: 1 } }
      : { latent: 2, methodOptions: { gradient: 'inputs' } };
  const settings = trainSettings({
    ...{ method, hidden: problem.sizes.slice(1, -1), threads, ...ofMethod },
    ...optimizerSettings(epochs + 1),
  });
  return timedEpochs(prepare(method === 'committor' ? withStates(frames) : frames, settings), runtime);
}

/** A training by the defaults, with this network, from its own weights, until its validation loss is small enough. */
export async function ownUntil(
  problem: Problem,
  runtime: Runtime,
  { seed, loss, threads }: { seed: number; loss: number; threads: number },
): Promise<Reached> {
  const { sizes } = problem;
  const network = { hidden: sizes.slice(1, -1), latent: sizes[sizes.length - 1] };
  const frames = readDataset(join(problem.folder, arrays.values), problem);
  const read = stopwatch();
  const settings = trainSettings({ method: 'autoencoder', ...network, seed, threads });
  const reached: Reached = { loss: Infinity, epochs: 0, seconds: read() };
  const enough = new Error('the loss is small enough');
  const onEpoch = ({ epoch, best }: { epoch: number; best: number }): void => {
    Object.assign(reached, { loss: best, epochs: epoch, seconds: read() });
    if (best <= loss) throw enough;
  };
  try {
    await fit(prepare(frames, settings), runtime, { restart: 0, hooks: { onEpoch } });
  } catch (error) {
    if (error !== enough) throw error;
  }
  return reached;
}
