import { z } from 'zod';
import { LatentcvError } from '../support/index.js';
import { methodNames, type MethodName, type MethodOptions } from '../models/index.js';
import { devices, runtimeChoices } from '../runtimes/index.js';
import { optimizers, scalingModes, schedules, splitModes } from './choices.js';
import { inPicoseconds, type Duration } from './duration.js';
import { labelRules } from './label-rules.js';

const activation = z.enum(['tanh', 'sigmoid', 'relu', 'elu', 'softplus', 'sin']);

/** Settings of a training with their defaults; every one of them is written into the model file. */
export const trainOptionsSchema = z.strictObject({
  /** `auto`: the autoencoder with a VAMP-2 term where frames are ordered in time, else the plain one. */
  method: z.enum(['auto', ...methodNames]).default('auto'),
  /** Options of the method's own, by name. */
  methodOptions: z.record(z.string(), z.unknown()).default({}),
  /** Column with the statistical weight of each frame. */
  weights: z.string().optional(),
  /** Columns whose sum is the bias each frame was sampled under, in kJ/mol: frames then weigh exp(bias/kT). */
  bias: z.array(z.string()).default([]),
  /** In K, for weights from a bias: they need it. */
  temperature: z.number().positive().optional(),
  /** K, of files (by their path) that were run at another temperature. */
  temperatures: z.record(z.string(), z.number().positive()).default({}),
  /** Several files: `independent` where each has a bias (and its zero) of its own, `shared` where one acted on all. */
  replicas: z.enum(['independent', 'shared']).default('independent'),
  /**
   * Column with the state of each frame (whole numbers; negative or NaN: none); `source`: one state a file; or rules, such as
   * `bound: d < 0.4; unbound: d > 0.9`.
   */
  labels: z.string().optional(),
  /** Columns with measured properties. */
  properties: z.array(z.string()).default([]),
  /** Number of CVs. */
  latent: z.number().int().min(1).max(8).default(2),
  /** Widths of the encoder's hidden layers; the decoder mirrors them. */
  hidden: z.array(z.number().int().min(1)).default([64, 32]),
  activation: activation.default('tanh'),
  /** `linear`: the encoder begins as TICA (with pairs) or PCA; `random`: anywhere. */
  start: z.enum(['random', 'linear']).default('random'),
  /** Lag time of the pairs, in ps. */
  lag: z.number().positive().default(10),
  seed: z.number().int().min(0).max(2147483647).default(1),
  /**
   * Most epochs; training stops earlier when the validation loss has not improved for `patience` epochs. What is left
   * out, of these and the frames of a batch, goes by the number of frames (see `courseOf`).
   */
  epochs: z.number().int().min(1).optional(),
  patience: z.number().int().min(1).optional(),
  batch: z.number().int().min(2).optional(),
  learningRate: z.number().positive().default(1e-3),
  /** How the learning rate goes over the epochs: to zero by a cosine or in a line, or not at all. */
  schedule: z.enum(schedules).default('constant'),
  /** `adamw`: weight decay apart from the gradient; `adam`: as part of it. */
  optimizer: z.enum(optimizers).default('adamw'),
  weightDecay: z.number().min(0).default(1e-3),
  /** Largest norm of the gradient over all parameters; longer ones are shortened to it. 0: as they are. */
  clip: z.number().min(0).default(0),
  /** `common`: one scale for all descriptors of a quantity (lengths, counts, …); `each`: every descriptor by its own deviation. */
  scaling: z.enum(scalingModes).default('common'),
  /** Part of each CV's range that is given out by the distribution of the training frames; 0: by length alone. */
  spread: z
    .number()
    .min(0)
    .max(0.9)
    .default(1 / 3),
  /** Trainings from different first weights; the one with the best validation loss is kept. */
  restarts: z.number().int().min(1).default(1),
  threads: z.number().int().min(1).default(1),
  /** `blocks`: every fifth block of time validates; `trajectories`: whole ones; `random`: single frames. */
  split: z.enum(splitModes).default('blocks'),
  /** Pairs are a lag apart in the time that the unbiased system would have taken; needs weights or a bias. */
  reweightedTime: z.boolean().default(false),
  precision: z.enum(['float', 'double']).default('float'),
  /** `auto`: ONNX Runtime. */
  engine: z.enum(runtimeChoices).default('auto'),
  device: z.enum(devices).default('cpu'),
});

/** Names of all settings. */
export const trainOptionNames: readonly string[] = Object.keys(trainOptionsSchema.shape);

type Method = MethodName | 'auto';
type Given = z.input<typeof trainOptionsSchema>;

/** What a training can be told; what is left out has its default. Of a `method` that is named here, its own options are known. */
export interface TrainOptions<Name extends Method = Method> extends Omit<
  Given,
  'method' | 'methodOptions' | 'lag'
> {
  method?: Name;
  methodOptions?: [Method] extends [Name] ? Given['methodOptions'] : OptionsOf<Name>;
  lag?: Duration;
}

type OptionsOf<Name extends Method> = Name extends MethodName ? MethodOptions<Name> : Given['methodOptions'];

export type TrainSettings = z.output<typeof trainOptionsSchema>;

/**
 * Fills in the defaults.
 * @throws LatentcvError `bad-argument` naming the first setting that does not fit
 */
export function trainSettings(options: TrainOptions): TrainSettings {
  const parsed = trainOptionsSchema.safeParse({ ...options, lag: inPicoseconds(options.lag, 'lag') });
  if (parsed.success) return checked(parsed.data);
  const issue = parsed.error.issues[0];
  const name = issue.path.join('.') || 'options';
  throw new LatentcvError('bad-argument', `training setting ${name}: ${issue.message.toLowerCase()}`);
}

function checked(settings: TrainSettings): TrainSettings {
  const { bias, temperature, temperatures, weights, labels } = settings;
  labelRules(labels); // throws where they do not parse
  if (weights !== undefined && bias.length > 0)
    throw new LatentcvError(
      'bad-argument',
      `expected weights or a bias but received both: ${weights}, ${bias.join(' + ')}`,
    );
  if (bias.length === 0 || temperature !== undefined || Object.keys(temperatures).length > 0) return settings;
  throw new LatentcvError(
    'bad-argument',
    `expected the temperature for weights from the bias ${bias.join(' + ')} but found none`,
    'say --temperature (K), or --kt for natural units',
  );
}
