import { existsSync } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import { descriptorKinds, type DescriptorSet } from '../descriptors/index.js';
import { readColvar, type Column, type ColvarOptions, type Dataset } from '../frames/index.js';
import { saveModel } from '../onnx/index.js';
import {
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
import { plumedDescriptors } from './plumed-descriptors.js';

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
  const { output, plumedInput, onWarning } = job;
  const settings = trainSettings(job.training ?? {});
  const { dataset, train: run } = await opened(job, settings);
  const { inputs } = splitRoles(dataset, settings);
  const descriptors =
    plumedInput === undefined ? undefined : await plumedDescriptors(plumedInput, inputs, onWarning);
  const columns = descriptors ? withQuantities(dataset, inputs, descriptors) : dataset.columns;
  const checkpoint = { file: `${output}.checkpoint`, ...job.checkpoint };
  if (!checkpoint.resume && existsSync(checkpoint.file))
    onWarning?.(`${checkpoint.file} of a training that did not finish is replaced; --resume goes on from it`);
  const encoder = await run(columns, { ...job.hooks, ...(onWarning && { onWarning }), checkpoint });
  await saveModel(output, newModel(dataset, encoder, descriptors));
  await rm(checkpoint.file, { force: true });
  return { output, encoder, dataset, frames: encoder.record.frames, ...(descriptors && { descriptors }) };
}

type Run = (columns: Column[], hooks: WorkerHooks) => Promise<TrainedEncoder>;

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
    return {
      dataset: storeSample(store, settings),
      train: (columns, hooks) => trainStream({ ...store, columns }, training, hooks),
    };
  }
  const dataset = await readColvar(files, reading);
  return { dataset, train: (columns, hooks) => train({ ...dataset, columns }, training, hooks) };
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

/** The columns told apart into lengths, counts, …, as the descriptors have them. */
function withQuantities(
  { columns }: Dataset,
  inputs: Pick<Dataset, 'columns'>,
  descriptors: DescriptorSet,
): Column[] {
  const quantities = new Map(
    inputs.columns.map(
      ({ label }, i) => [label, descriptorKinds[descriptors.items[i].kind].quantity] as const,
    ),
  );
  return columns.map((column) => {
    const quantity = quantities.get(column.label);
    return quantity === undefined ? column : { ...column, quantity };
  });
}
