import {
  crossPredict,
  emptyHeldOut,
  heldOutBaselines,
  latentSample,
  meanOfSaid,
  predictedProperties,
  propertyRecords,
  rowMarks,
  someColumns,
  type HeldOut,
  type PropertiesRecord,
} from '../../properties/index.js';
import {
  trainSettings,
  validatingRows,
  type LearnableFrames,
  type Roles,
  type TrainedEncoder,
  type TrainingHooks,
  type TrainOptions,
  type TrainSettings,
} from '../../training/index.js';
import { meanLatent } from '../ensemble-model.js';

/** What a job of training says of how it is judged. */
interface JudgedJob {
  training?: TrainOptions;
  folds?: number;
  hooks?: Pick<TrainingHooks, 'onEpoch' | 'signal'> & {
    onStage?: (stage: { name: 'folds'; inputs: number; models: number }) => void;
  };
}

/**
 * What a model's predictions are worth on rows that it did not learn from: of folds where they are asked for, else on those
 * that validated. Undefined of frames, and where it predicts nothing.
 * @throws LatentcvError as `train` does
 */
export async function heldOutProperties(
  job: JudgedJob,
  learnable: LearnableFrames,
  members: readonly TrainedEncoder[],
): Promise<PropertiesRecord | undefined> {
  const [first] = members;
  const { roles, disk } = learnable;
  const settings = trainSettings(job.training ?? {});
  if (!settings.rows || !first.graph.property || !roles.properties || disk) return undefined;
  const byFolds = job.folds !== undefined && job.folds > 1;
  const found = byFolds
    ? await inFolds(job, roles, settings, members.length)
    : await onValidation(job, learnable, settings, members);
  return {
    of: byFolds ? 'folds' : 'validation',
    ...(byFolds && { folds: job.folds }),
    ...(settings.group !== undefined && { group: settings.group }),
    each: propertyRecords(roles.properties, found),
    ...marksOf(roles, first),
    latent: latentSample(members.length > 1 ? meanLatent(members) : first.cv, settings.latent),
  };
}

/** Of the rows that were learned from, by which `predict` knows them again. */
function marksOf({ inputs }: Roles, { inputs: { columns } }: TrainedEncoder): Pick<PropertiesRecord, 'rows'> {
  const labels = columns.map(({ label }) => label);
  const rows = rowMarks(someColumns(inputs, labels));
  return rows === undefined ? {} : { rows };
}

function inFolds(
  { folds = 0, hooks = {}, training = {} }: JudgedJob,
  roles: Roles,
  { latent, seed }: TrainSettings,
  members: number,
): Promise<HeldOut> {
  hooks.onStage?.({ name: 'folds', inputs: roles.inputs.columns.length, models: folds * members });
  const { onEpoch, signal } = hooks;
  const asked = { ...training, latent, seed };
  return crossPredict(roles, { folds, training: asked, members, hooks: { onEpoch, signal } });
}

/** Each row by the members of which it validated the training. */
async function onValidation(
  { training = {} }: JudgedJob,
  learnable: LearnableFrames,
  { seed, latent }: TrainSettings,
  members: readonly TrainedEncoder[],
): Promise<HeldOut> {
  const { roles } = learnable;
  const { frames } = roles.inputs;
  const width = roles.properties!.names.length;
  const found = emptyHeldOut(frames, width, new Int32Array(frames).fill(-1));
  const validating = members.map((_, m) =>
    Int32Array.from(validatingRows(learnable, { ...training, seed: seed + m })),
  );
  const each = [];
  for (const [m, held] of validating.entries()) {
    const predicted = await predictedProperties(members[m], roles.inputs);
    const said = Array.from(held, (row) => [...predicted.subarray(row * width, (row + 1) * width)]).flat();
    each.push({ held, said: Float64Array.from(said) });
    for (const row of held) found.folds[row] = 0;
  }
  meanOfSaid(found.predicted, width, each);
  const inputs = roles.inputs.columns.map(({ label }) => label);
  heldOutBaselines(found, roles, inputs, latent, validating);
  return found;
}
