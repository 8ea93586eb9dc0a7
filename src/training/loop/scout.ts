import type { CvMethod } from '../../models/index.js';
import type { Runtime } from '../../runtimes/index.js';
import { LatentcvError, Random } from '../../support/index.js';
import { beginning } from './beginning.js';
import { eigenfunctionsOf } from './eigenfunctions.js';
import { epoch, machineOf, releaseMachine, type Machine } from './epoch.js';
import { flatFeeds } from './state.js';
import type { StopSignal } from '../hooks.js';
import type { Course } from '../learnable.js';
import type { Prepared } from '../prepared.js';

/** Part of the most epochs that goes before them, and steps at most. */
const [part, mostSteps] = [1 / 2, 1500];

/** Its learning rate at least, and what is left of it in the last third, so that rates are those of a latent that has settled. */
const [leastRate, lastPart] = [5e-3, 0.2];

const epochsBefore = ({ epochs, stepsPerEpoch }: Course): number =>
  Math.max(1, Math.ceil(Math.min(part * epochs, mostSteps / stepsPerEpoch)));

/** A training with what its first part found, and the values that it ended at. */
export interface Scouted {
  prepared: Prepared;
  /** Of the first restart; absent where the method has no such part. */
  first?: Float64Array[];
}

/**
 * The first part of a training, where its method has one, and the method that follows from it. The same frames and seed give the same,
 * so that a training that goes on does it again.
 * @throws LatentcvError `interrupted` after the signal, `bad-data` where the frames tell no rate
 */
export async function scouted(prepared: Prepared, runtime: Runtime, signal?: StopSignal): Promise<Scouted> {
  const { method, reason } = prepared;
  if (!method.scouting) return { prepared };
  const { packings, values } = await scout(prepared, runtime, { restart: 0, ...(signal && { signal }) });
  const found = await eigenfunctionsOf(prepared, { packings, values }, runtime);
  if (!found) throw new Error('expected a generator of a method that looks for its rates');
  const settled = method.scouting.settle(found.eigenvalues);
  const told = method.note === undefined ? reason : reason.replace(method.note, settled.note ?? '');
  return { prepared: { ...prepared, method: settled, reason: told }, first: values };
}

/**
 * Where a restart begins by the other loss, and where that leads.
 * @throws LatentcvError `interrupted` after the signal, `bad-data` where the loss is no number
 */
export async function scout(
  prepared: Prepared,
  runtime: Runtime,
  { restart, signal }: { restart: number; signal?: StopSignal },
): Promise<Pick<Machine, 'packings'> & { values: Float64Array[] }> {
  const { method, course, settings } = prepared;
  const faster = Math.max(1, leastRate / settings.learningRate);
  const loss: CvMethod['loss'] = (parameters, batch) => method.scouting!.loss(parameters, batch);
  const machine = await machineOf({ ...prepared, method: { ...method, loss } }, runtime);
  try {
    const start = beginning(prepared, machine.packings, restart);
    const random = new Random(start.random);
    machine.stepper.setState(flatFeeds(start.state));
    let done = { epoch: 0, steps: 0 };
    const most = epochsBefore(course);
    while (done.epoch < most) {
      const rate = faster * (done.epoch < (2 / 3) * most ? 1 : lastPart);
      const trained = await epoch(machine, prepared, { random, done, rate, ...(signal && { signal }) });
      if (!Number.isFinite(trained.loss)) throw noNumber(trained.loss);
      done = { epoch: done.epoch + 1, steps: trained.steps };
    }
    const state = machine.stepper.state();
    const values = machine.packings.map(({ name }) => Float64Array.from(state[name].data));
    return { packings: machine.packings, values };
  } finally {
    await releaseMachine(machine);
  }
}

const noNumber = (loss: number): LatentcvError =>
  new LatentcvError(
    'bad-data',
    `the loss of the first part of the training became ${loss}`,
    'try a smaller learning rate, or say eta',
  );
