import { existsSync } from 'node:fs';
import { readFile, rm, stat } from 'node:fs/promises';
import type { DescriptorSet } from '../descriptors/index.js';
import { readColvar, type ColvarOptions, type Dataset } from '../frames/index.js';
import { saveModel } from '../onnx/index.js';
import { descriptorsFromPlumed, parsePlumedInput } from '../plumed/index.js';
import { LatentcvError } from '../support/errors.js';
import {
  checkDescriptors,
  newModel,
  openFrames,
  splitRoles,
  storeSample,
  train,
  trainSettings,
  trainStream,
  type CheckpointOptions,
  type TrainedEncoder,
  type TrainOptions,
  type TrainSettings,
  type WorkerHooks,
} from '../training/index.js';

export interface TrainFromColvar {
  /** COLVAR files, in order; restarts of one another or separate trajectories. */
  files: readonly string[];
  /** Columns to learn from, times, stride, … */
  reading?: ColvarOptions;
  /** The PLUMED input that wrote the files: tells which atoms each column is of, so that `ATOMS=` works. */
  plumedInput?: string;
  /** Where the model file goes. */
  output: string;
  training?: TrainOptions;
  hooks?: Pick<WorkerHooks, 'onEpoch' | 'signal'>;
  /** Frames stay on disk (in a folder `<file>.frames` beside the first file); where left out, beyond 1 GiB of text. */
  stream?: boolean;
  /** How the training is kept in `<output>.checkpoint` until it is done. */
  checkpoint?: Omit<CheckpointOptions, 'file'>;
  /** Told of everything unusual that does not stop the training. */
  onWarning?: (message: string) => void;
}

export interface TrainedModel {
  output: string;
  encoder: TrainedEncoder;
  /** The frames, or the sample of them that was analysed where they stay on disk. */
  dataset: Dataset;
  /** Frames in the files. */
  frames: number;
  descriptors?: DescriptorSet;
}

/** Text beyond which frames stay on disk. */
const streamFrom = 2 ** 30;

/**
 * From COLVAR files to a model file: read, check, train, write beside and rename.
 * @throws LatentcvError before the first epoch where files, columns and settings do not fit.
 */
export async function trainFromColvar(job: TrainFromColvar): Promise<TrainedModel> {
  const { output } = job;
  const settings = trainSettings(job.training ?? {});
  const { dataset, train: run } = await opened(job, settings);
  const descriptors = await describe(job, dataset);
  const checkpoint = { file: `${output}.checkpoint`, ...job.checkpoint };
  if (!checkpoint.resume && existsSync(checkpoint.file))
    job.onWarning?.(
      `${checkpoint.file} of a training that did not finish is replaced; --resume goes on from it`,
    );
  const encoder = await run({ ...job.hooks, ...(job.onWarning && { onWarning: job.onWarning }), checkpoint });
  await saveModel(output, newModel(dataset, encoder, descriptors));
  await rm(checkpoint.file, { force: true });
  return { output, encoder, dataset, frames: encoder.record.frames, ...(descriptors && { descriptors }) };
}

type Run = (hooks: WorkerHooks) => Promise<TrainedEncoder>;

/** The frames in memory, or a sample of those on disk, and what trains on them. */
async function opened(
  job: TrainFromColvar,
  settings: TrainSettings,
): Promise<{ dataset: Dataset; train: Run }> {
  const { files, onWarning, stream, training } = job;
  const reading = {
    ...job.reading,
    ...columnsToRead(job.reading, settings),
    ...(onWarning && { onWarning }),
  };
  if (stream ?? (await textBytes(files)) > streamFrom) {
    const store = await openFrames(files, reading);
    return { dataset: storeSample(store, settings), train: (hooks) => trainStream(store, training, hooks) };
  }
  const dataset = await readColvar(files, reading);
  return { dataset, train: (hooks) => train(dataset, training, hooks) };
}

/** gzip makes columns of numbers about four times smaller. */
async function textBytes(files: readonly string[]): Promise<number> {
  const sizes = files.map(async (file) => {
    const size = (await stat(file).catch(() => undefined))?.size ?? 0;
    return file.endsWith('.gz') ? 4 * size : size;
  });
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

/** The chosen columns and those that settings name: weights, biases, labels, properties. */
export function columnsToRead(
  { columns }: ColvarOptions = {},
  { weights, bias, labels, properties }: TrainSettings,
): Pick<ColvarOptions, 'columns'> {
  if (!columns) return {};
  const states = labels === 'source' ? undefined : labels;
  const more = [weights, states].filter((name) => name !== undefined);
  return { columns: [...columns, ...more, ...bias, ...properties] };
}

/** The columns as descriptors, where a PLUMED input tells; refused where it tells something else. */
async function describe(job: TrainFromColvar, dataset: Dataset): Promise<DescriptorSet | undefined> {
  const { plumedInput, training, onWarning } = job;
  if (plumedInput === undefined) return undefined;
  const text = await readFile(plumedInput, 'utf8').catch((error: Error) => {
    throw new LatentcvError(
      'file-not-found',
      `cannot read the PLUMED input ${plumedInput}: ${error.message}`,
    );
  });
  const { inputs } = splitRoles(dataset, trainSettings(training ?? {}));
  const labels = inputs.columns.map(({ label }) => label);
  const found = descriptorsFromPlumed(parsePlumedInput(text, plumedInput), labels);
  if (!found.descriptors) {
    throw new LatentcvError(
      'plumed-input',
      `the columns cannot be evaluated from atoms: ${found.reason}`,
      'choose columns that are distances, angles, torsions or coordination, or leave the PLUMED input out: the model then takes ARG=',
    );
  }
  checkDescriptors(inputs, found.descriptors);
  if (found.note !== undefined) onWarning?.(found.note);
  return found.descriptors;
}
