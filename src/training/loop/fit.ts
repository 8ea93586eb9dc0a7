import type { Runtime } from '../../runtimes/index.js';
import { epochs } from './epochs.js';
import type { TrainSettings } from '../options.js';
import { type PartSource, type Prepared, Random } from '../data/index.js';
import { beginning, flatFeeds, valueFeeds, type Fit, type FitHooks, type FitSaving } from './progress.js';
import { Labelling } from './relabel.js';
import { packParameters } from './state.js';
import { lossGraph, trainingStep } from './step.js';

/** Trains from one set of first weights; stops when the validation loss has not improved for `patience` epochs. */
export async function fit(
  { prepared, settings, parts }: { prepared: Prepared; settings: TrainSettings; parts: PartSource },
  restart: number,
  runtime: Runtime,
  hooks: FitHooks,
  { from, reached }: FitSaving = {},
): Promise<Fit> {
  const { method, shape, course, split } = prepared;
  const packings = packParameters(method.parameters);
  const stepper = await runtime.compileSteps(trainingStep(method, packings, shape, course.batch, settings));
  const validator = await runtime.compile({
    outputs: lossGraph(method, packings, shape, split.validation.now.length),
  });
  const labelling = await Labelling.of(method, packings, shape.tables, runtime, from?.labelling);
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
      labelling,
    });
    if (!labelling) return found;
    return { ...found, states: await labelling.states(valueFeeds(packings, found.values)) };
  } finally {
    await Promise.all([stepper.release(), validator.release(), labelling?.release()]);
  }
}
