import { z } from 'zod';
import {
  activations,
  methodNames,
  type Activation,
  type MethodName,
  type MethodOptions,
} from '../models/index.js';
import { devices, runtimeChoices } from '../runtimes/index.js';
import { replicasSetting } from '../sampling/index.js';
import { closestName, invalidSetting, LatentcvError, setting, expectObject } from '../support/index.js';
import { koopmanBases, optimizers, scalingModes, schedules, splitModes } from './choices.js';
import { inPicoseconds, type Duration } from './duration.js';
import { labelRules } from './label-rules.js';
import { checkRowSettings, rowPresets } from './rows.js';

const columns = 'Columns';
const network = 'Method and network';
const course = 'Training';
const machine = 'Machine';

/**
 * Settings of a training with their defaults; every one of them is written into the model file. What is said of them here
 * is all that is said: options of commands, help, docs and messages are made of it.
 */
export const trainOptionsSchema = z.strictObject({
  method: setting(z.enum(['auto', ...methodNames]).default('auto'), {
    flag: 'method',
    value: 'method',
    group: network,
    description:
      'auto: an autoencoder, with the VAMP-2 term where frames follow one another; of rows with properties regression',
  }),
  methodOptions: setting(z.record(z.string(), z.unknown()).default({}), {
    flag: 'set',
    value: 'name=value',
    group: network,
    example: 'beta=0.5',
    description: "an option of the method's own; may be repeated",
  }),
  weights: setting(z.string().optional(), {
    flag: 'weights',
    value: 'column',
    group: columns,
    description: 'column with the statistical weight of each frame',
  }),
  bias: setting(z.array(z.string()).default([]), {
    unit: 'kJ/mol',
    description: 'columns whose sum is the bias each frame was sampled under: frames then weigh exp(bias/kT)',
  }),
  temperature: setting(z.number().positive().optional(), {
    unit: 'K',
    description:
      'of the run: for weights from a bias, which need it, and the bias from the gradient of a committor',
  }),
  temperatures: setting(z.record(z.string(), z.number().positive()).default({}), {
    unit: 'K',
    description: 'of files, by their path, that were run at another temperature',
  }),
  pairsFrom: setting(z.array(z.string()).optional(), {
    description:
      'with weights: of files, by their path, whose frames follow the own dynamics of the system, as those of a run without a bias do: pairs count in these alone; of an empty list, in all',
  }),
  replicas: replicasSetting,
  labels: setting(z.string().optional(), {
    flag: 'labels',
    value: 'states',
    group: columns,
    description:
      "rules, such as 'bound: d < 0.4; unbound: d > 0.9'; a column with the state of each frame (whole numbers; negative or NaN: none); or source: each file is one",
  }),
  properties: setting(z.array(z.string()).default([]), {
    flag: 'properties',
    value: 'columns',
    group: columns,
    example: 'a,b',
    description: 'columns with measured properties',
  }),
  rows: setting(z.boolean().optional(), {
    flag: 'rows',
    group: columns,
    otherwise: 'of tables that have properties and no times',
    description: 'rows are independent of one another, not frames of a trajectory',
  }),
  identifiers: setting(z.array(z.string()).optional(), {
    flag: 'id',
    value: 'columns',
    group: columns,
    otherwise: 'of rows, all columns of text',
    description: 'columns that name rows: predict writes them as they are',
  }),
  group: setting(z.string().optional(), {
    flag: 'group',
    value: 'column',
    group: columns,
    description: 'of rows: column of text or numbers whose equal rows validate together',
  }),
  latent: setting(z.number().int().min(1).max(64).default(2), {
    flag: 'latent',
    value: 'count',
    group: network,
    description: 'number of CVs',
  }),
  hidden: setting(z.array(z.number().int().min(1)).default([64, 32]), {
    flag: 'layers',
    value: 'widths',
    group: network,
    example: '64,32',
    otherwise: '64,32; of rows 256,128',
    description: "widths of the encoder's hidden layers; a decoder mirrors them",
  }),
  activation: setting(z.enum(Object.keys(activations) as [Activation, ...Activation[]]).default('tanh'), {
    flag: 'activation',
    value: 'name',
    group: network,
    description: 'of the hidden layers',
  }),
  start: setting(z.enum(['random', 'linear']).default('random'), {
    flag: 'start',
    value: 'kind',
    group: network,
    description: 'first weights: anywhere, or such that the encoder begins as TICA (with pairs) or PCA',
  }),
  lag: setting(z.number().positive().default(10), {
    flag: 'lag',
    value: 'time',
    unit: 'ps',
    group: course,
    example: '10ps',
    description: 'lag time of the pairs of frames',
  }),
  seed: setting(z.number().int().min(0).max(2147483647).default(1), {
    flag: 'seed',
    value: 'number',
    group: course,
    description: 'of first weights and batches',
  }),
  epochs: setting(z.number().int().min(1).optional(), {
    flag: 'epochs',
    value: 'count',
    group: course,
    otherwise:
      '150; of vamp-autoencoder 1,000 steps; of few frames, autoencoders and regression 10,000; of rows 3,000, with properties 1,500',
    description: 'most epochs; training stops earlier where the validation loss no longer improves',
  }),
  patience: setting(z.number().int().min(1).optional(), {
    flag: 'patience',
    value: 'count',
    group: course,
    otherwise:
      '40; of few frames 600 steps, of autoencoders and regression 1,200, at least 8 epochs; of rows all',
    description: 'epochs in which the validation loss has not improved before training stops',
  }),
  batch: setting(z.number().int().min(2).optional(), {
    flag: 'batch',
    value: 'frames',
    group: course,
    otherwise:
      '1024, of autoencoders and regression 256, or a tenth of them; of rows a twentieth, at most 256',
    description: 'frames in a batch',
  }),
  learningRate: setting(z.number().positive().optional(), {
    flag: 'learning-rate',
    value: 'rate',
    group: course,
    otherwise: '0.001; of autoencoders and regression on frames 0.005',
    description: 'of the optimizer',
  }),
  schedule: setting(z.enum(schedules).optional(), {
    flag: 'schedule',
    value: 'kind',
    group: course,
    otherwise: 'constant; of autoencoders and regression plateau; of rows cosine',
    description:
      'how the learning rate goes: down where the validation loss stands still, over the epochs to zero by a cosine or in a line, or not at all',
  }),
  optimizer: setting(z.enum(optimizers).default('adamw'), {
    flag: 'optimizer',
    value: 'name',
    group: course,
    description: 'adamw: weight decay apart from the gradient; adam: as part of it',
  }),
  weightDecay: setting(z.number().min(0).default(1e-3), {
    flag: 'weight-decay',
    value: 'decay',
    group: course,
    description: 'of the optimizer',
  }),
  clip: setting(z.number().min(0).default(0), {
    flag: 'clip',
    value: 'norm',
    group: course,
    description:
      'largest norm of the gradient over all parameters, to which longer ones are shortened; 0: any',
  }),
  scaling: setting(z.enum(scalingModes).default('common'), {
    flag: 'scaling',
    value: 'kind',
    group: network,
    otherwise: 'common; of rows each',
    description: 'one scale for all inputs of a quantity (lengths, counts, …), or each by its own deviation',
  }),
  spread: setting(
    z
      .number()
      .min(0)
      .max(0.9)
      .default(1 / 3),
    {
      flag: 'spread',
      value: 'part',
      group: network,
      otherwise: '0.333; of rows 0',
      description: "part of each CV's range given out by where the frames are; 0: by length alone",
    },
  ),
  restarts: setting(z.number().int().min(1).default(1), {
    flag: 'restarts',
    value: 'count',
    group: course,
    description:
      'trainings from different first weights, of which the one with the best validation loss is kept',
  }),
  threads: setting(z.number().int().min(1).default(1), {
    flag: 'threads',
    value: 'count',
    group: machine,
    description: 'threads of the runtime',
  }),
  split: setting(z.enum(splitModes).default('blocks'), {
    flag: 'split',
    value: 'kind',
    group: course,
    otherwise: 'blocks; of rows random, or groups where they are named',
    description:
      'what validates: every fifth block of time, whole trajectories, single frames at random, or whole groups',
  }),
  reweightedTime: setting(z.boolean().default(false), {
    flag: 'reweighted-time',
    group: course,
    description:
      'pairs are a lag apart in the time that the unbiased system would have taken; needs weights or a bias that hardly changes',
  }),
  koopmanWeights: setting(z.enum(koopmanBases).optional(), {
    flag: 'koopman-weights',
    value: 'functions',
    group: course,
    description:
      'of unbiased runs that started off equilibrium: pairs weigh as in equilibrium, by weights that are linear in the inputs or constant on cells of them',
  }),
  precision: setting(z.enum(['float', 'double']).default('float'), {
    flag: 'precision',
    value: 'kind',
    group: machine,
    description: 'of the numbers in training',
  }),
  engine: setting(z.enum(runtimeChoices).default('auto'), {
    flag: 'runtime',
    value: 'name',
    group: machine,
    description: 'what runs the graph; auto: ONNX Runtime',
  }),
  device: setting(z.enum(devices).default('cpu'), {
    flag: 'device',
    value: 'name',
    group: machine,
    description: 'where it runs',
  }),
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

/** Settings of a training whose method is known: what goes by it is set. */
export type SettledSettings = TrainSettings & Required<Pick<TrainSettings, 'learningRate' | 'schedule'>>;

/**
 * Fills in the defaults.
 * @throws LatentcvError `bad-argument` naming the first setting that does not fit
 */
export function trainSettings(options: TrainOptions): TrainSettings {
  expectObject(options, 'options');
  const presets = rowPresets(options);
  const parsed = trainOptionsSchema.safeParse({
    ...presets,
    ...givenOf(options),
    methodOptions: { ...presets.methodOptions, ...options.methodOptions },
    lag: inPicoseconds(options.lag, 'lag'),
  });
  if (parsed.success) return checked(parsed.data);
  const { issues } = parsed.error;
  if (issues[0].code === 'unrecognized_keys') throw unknownSetting(issues[0].keys[0]);
  const name = issues[0].path[0] as keyof TrainOptions;
  throw invalidSetting(trainOptionsSchema.shape[name], issues, name, options[name]);
}

/** Without what is left open, so that it does not hide a preset. */
const givenOf = (options: TrainOptions): TrainOptions =>
  Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));

function unknownSetting(name: string): LatentcvError {
  const closest = closestName(name, trainOptionNames);
  return new LatentcvError(
    'bad-argument',
    `expected a setting of training but received ${name}`,
    closest === undefined ? `settings are ${trainOptionNames.join(', ')}` : `did you mean ${closest}?`,
  );
}

function checked(settings: TrainSettings): TrainSettings {
  const { bias, temperature, temperatures, weights, pairsFrom, labels } = settings;
  checkKoopman(settings);
  checkRowSettings(settings);
  labelRules(labels); // throws where they do not parse
  if (weights !== undefined && bias.length > 0)
    throw new LatentcvError(
      'bad-argument',
      `expected weights or a bias but received both: ${weights}, ${bias.join(' + ')}`,
    );
  if (pairsFrom && (weights === undefined || settings.reweightedTime))
    throw new LatentcvError(
      'bad-argument',
      `expected runs that pairs are taken from with weights and without reweighted time but received ${weights === undefined ? 'no weights' : 'reweightedTime'}`,
      'frames of several biases have no one time that a bias stretches: reweighted time is of runs under one bias',
    );
  if (bias.length === 0 || temperature !== undefined || Object.keys(temperatures).length > 0) return settings;
  throw new LatentcvError(
    'bad-argument',
    `expected the temperature for weights from the bias ${bias.join(' + ')} but found none`,
    'say ‘temperature’ (K), or ‘kT’ for natural units',
  );
}

/** Koopman weights go by how frames move, which a bias changes. */
function checkKoopman({ koopmanWeights, bias, weights, reweightedTime }: TrainSettings): void {
  if (koopmanWeights === undefined) return;
  const other = [...(weights === undefined ? [] : [weights]), ...bias].join(' + ');
  if (other === '' && !reweightedTime) return;
  throw new LatentcvError(
    'bad-argument',
    `expected Koopman weights or weights by ${other || 'reweighted time'} but received both`,
    'Koopman weights lead to the equilibrium of the dynamics that frames were made with: with a bias, to the biased one; leave out ‘koopmanWeights’, or train on the unbiased runs alone',
  );
}
