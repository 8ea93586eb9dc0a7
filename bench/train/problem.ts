import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { methods } from '../../src/models/index.js';
import { trainSettings, type TrainOptions, type TrainSettings } from '../../src/training/options.js';
import { prepare } from '../../src/training/data/prepare.js';
import { Random } from '../../src/support/random.js';
import { initialValues, packParameters } from '../../src/training/loop/state.js';
import { datasetOf, type Shape } from './frames.js';
import type { TrainCase } from './train-case.js';

/** A training that all engines do: `problem.json` beside the arrays that are named here. */
export interface Problem extends Shape {
  folder: string;
  /** Widths of the encoder. */
  sizes: number[];
  batch: number;
  learningRate: number;
  /** Of the first weights and of the first epoch's order. */
  seed: number;
  /** Rows to train on. */
  trainingFrames: number;
}

/** Names of the arrays, little-endian: `values` and `scaled` `[frames, width]`, the others of one axis. */
export const arrays = {
  values: 'values.f32',
  /** As the network sees them. */
  scaled: 'scaled.f32',
  train: 'train.i32',
  validation: 'validation.i32',
  /** Places in `train`: the first epoch. */
  order: 'order.i32',
  /** First weights: encoder, then decoder; of each layer `[in, out]`, then its biases. */
  weights: 'weights.f32',
};

const batch = 256;
const learningRate = 1e-3;
const seed = 1;

/** As mlcolvar trains by default: Adam, one rate, no decay; and no early stop. */
export function settingsOf(
  { sizes }: Pick<Problem, 'sizes'>,
  epochs: number,
  threads: number,
): TrainSettings {
  return trainSettings({
    ...{ method: 'autoencoder', hidden: sizes.slice(1, -1), latent: sizes[sizes.length - 1], threads },
    ...optimizerSettings(epochs),
  });
}

/** Adam at one rate, without decay, for so many epochs. */
export const optimizerSettings = (epochs: number): TrainOptions => ({
  ...{ optimizer: 'adam', weightDecay: 0, batch, learningRate, seed },
  ...{ schedule: 'constant', epochs, patience: epochs + 1 },
});

/** Writes frames, split, first weights and first order, so that every engine begins with the same. */
export async function writeProblem(
  { sizes }: TrainCase,
  trainingFrames: number,
  folder: string,
): Promise<Problem> {
  await mkdir(folder, { recursive: true });
  // every fifth of ten blocks of time validates
  const shape = { frames: (trainingFrames * 5) / 4, width: sizes[0] };
  const write = (name: keyof typeof arrays, array: Float32Array | Int32Array): Promise<void> =>
    writeFile(join(folder, arrays[name]), new Uint8Array(array.buffer, array.byteOffset, array.byteLength));
  const dataset = datasetOf(shape, seed);
  const settings = settingsOf({ sizes }, 1, 1);
  await write('values', Float32Array.from(dataset.data));
  const { shape: tables, split } = prepare(dataset, settings);
  await write('scaled', Float32Array.from(tables.tables.features));
  await write('train', split.train.now);
  await write('validation', split.validation.now);
  const first = firstValues({ sizes }, settings);
  await write('weights', first.weights);
  const order = Int32Array.from(split.train.now.keys());
  first.random.shuffle(order);
  await write('order', order);
  const problem = { ...shape, folder, sizes, batch, learningRate, seed, trainingFrames };
  await writeFile(join(folder, 'problem.json'), JSON.stringify(problem));
  return problem;
}

/** The weights that a training of ours would begin with, and the random numbers that follow. */
export function firstValues(
  { sizes }: Pick<Problem, 'sizes'>,
  settings: TrainSettings,
): { weights: Float32Array; random: Random } {
  const { parameters } = methods.autoencoder.create({ ...settings, features: sizes[0] });
  const random = new Random(seed);
  const values = initialValues(packParameters(parameters), random);
  return { weights: Float32Array.from(values.flatMap((array) => [...array])), random };
}
