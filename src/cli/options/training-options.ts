import { Option, type Command } from 'commander';
import type { z } from 'zod';
import { devices, runtimeChoices } from '../../runtimes/index.js';
import type { TableOptions } from '../../frames/index.js';
import { activations, methodNames, methods } from '../../models/index.js';
import {
  optimizers,
  schedules,
  splitModes,
  trainOptionNames,
  type TrainOptions,
} from '../../training/index.js';
import {
  addTimeRangeOptions,
  addTableOptions,
  timeRange,
  tableReading,
  type TimeRangeOptions,
  type TableCommandOptions,
} from './table-options.js';
import {
  assignment,
  fraction,
  labels,
  numberFromZero,
  positiveInteger,
  positiveNumber,
  wholeNumber,
} from './values.js';
import { addLengthUnit, addWeighingOptions, type WeighingOptions } from './weighing-options.js';

/** Options of everything that trains; times in ps. What is left out takes the library's default. */
export interface TrainingOptions
  extends
    TimeRangeOptions,
    TableCommandOptions,
    WeighingOptions,
    Pick<
      TrainOptions,
      | 'activation'
      | 'scaling'
      | 'start'
      | 'spread'
      | 'epochs'
      | 'patience'
      | 'batch'
      | 'learningRate'
      | 'schedule'
      | 'optimizer'
      | 'weightDecay'
      | 'clip'
      | 'restarts'
      | 'seed'
      | 'threads'
      | 'weights'
      | 'labels'
      | 'properties'
      | 'reweightedTime'
      | 'split'
      | 'precision'
      | 'engine'
      | 'device'
    > {
  args?: string[];
  set?: Record<string, unknown>;
  dropNan?: boolean;
}

/** Adds what `train` and `search` have in common. */
export function addTrainingOptions(command: Command): Command {
  return [addDataOptions, addWeighingOptions, addLengthUnit, addFitOptions, addReadingOptions].reduce(
    (to, add) => add(to),
    command,
  );
}

export function activationOption(): Option {
  return new Option('--activation <name>', 'of the hidden layers (default: tanh)').choices(
    Object.keys(activations),
  );
}

function addDataOptions(command: Command): Command {
  return command
    .option(
      '--args <columns>',
      "columns to learn from, such as 'd_*' or phi,psi (default: all but biases, energies and counters)",
      labels,
    )
    .option('--set <name=value>', 'an option of the method (see below); may be repeated', assignment)
    .option('--weights <column>', 'column with the weight of each frame')
    .option(
      '--labels <states>',
      "rules, such as 'bound: d < 0.4; unbound: d > 0.9'; a column with the state of each frame; or `source`: each file is one",
    )
    .option('--properties <columns>', 'columns with measured properties', labels)
    .option(
      '--reweighted-time',
      'pairs are a lag apart in the time that the unbiased system would have taken',
    )
    .addOption(
      new Option(
        '--split <kind>',
        'what validates: blocks of time (default), trajectories, random frames',
      ).choices(splitModes),
    );
}

function addFitOptions(command: Command): Command {
  const choice = (flags: string, text: string, choices: readonly string[]): Option =>
    new Option(flags, text).choices(choices);
  return command
    .addOption(
      choice('--scaling <kind>', 'one scale for all inputs of a quantity, or one each (default: common)', [
        'common',
        'each',
      ]),
    )
    .addOption(
      choice('--start <kind>', 'first weights: random (default), or TICA (PCA) in the encoder', [
        'random',
        'linear',
      ]),
    )
    .option(
      '--spread <part>',
      'of the range given out by where frames are (default: 0.333; 0: none)',
      fraction,
    )
    .option('--epochs <count>', 'most epochs (default: 150; of few frames, 10,000 steps)', positiveInteger)
    .option(
      '--patience <count>',
      'epochs without progress before it stops (default: 40, or 600 steps)',
      positiveInteger,
    )
    .option('--batch <frames>', 'frames in a batch (default: 1024, or a tenth of them)', positiveInteger)
    .option('--learning-rate <rate>', 'of the optimizer (default: 0.001)', positiveNumber)
    .addOption(choice('--schedule <kind>', 'of the learning rate (default: constant)', schedules))
    .addOption(choice('--optimizer <name>', '(default: adamw)', optimizers))
    .option('--weight-decay <decay>', 'of the optimizer (default: 0.001)', numberFromZero)
    .option('--clip <norm>', 'longest gradient (default: 0, any)', numberFromZero)
    .option('--restarts <count>', 'trainings of which the best is kept (default: 1)', positiveInteger)
    .option('--seed <number>', 'seed of weights and batches (default: 1)', wholeNumber)
    .option('--threads <count>', 'threads (default: 1)', positiveInteger)
    .addOption(choice('--precision <kind>', '(default: float)', ['float', 'double']))
    .addOption(choice('--engine <name>', '(default: auto)', runtimeChoices))
    .addOption(choice('--device <name>', '(default: cpu)', devices));
}

function addReadingOptions(command: Command): Command {
  return addTableOptions(addTimeRangeOptions(command)).option(
    '--drop-nan',
    'leave out frames with NaN instead of stopping',
  );
}

/** What of the options of how frames were made the training is told otherwise, once the files are looked at. */
const resolved = new Set(['bias', 'temperature', 'replicas']);

/** Of a command's options, those of the training that were given; the library knows the defaults of the rest. */
export function givenOptions(options: TrainingOptions): TrainOptions {
  const given = Object.entries({ ...options, methodOptions: options.set });
  return Object.fromEntries(
    given.filter(
      ([name, value]) => value !== undefined && trainOptionNames.includes(name) && !resolved.has(name),
    ),
  );
}

export function readingOptions(options: TrainingOptions): TableOptions {
  const { args, dropNan } = options;
  return {
    columns: args,
    ...timeRange(options),
    ...tableReading(options),
    ...(dropNan && { nonFinite: 'drop' as const }),
  };
}

/** Every method in one line, its options below it. */
export function methodsHelp(): string {
  const lines = methodNames.flatMap((name) => {
    const { summary, needs, options } = methods[name];
    const asks = [
      needs.pairs && 'frames in time order',
      needs.labels === 'required' && '--labels',
      needs.properties && '--properties',
    ].filter(Boolean);
    const head = `  ${name.padEnd(22)} ${summary}${asks.length > 0 ? ` (needs ${asks.join(', ')})` : ''}`;
    const own = Object.entries(options.shape as Record<string, z.ZodType>).map(([option, schema]) => {
      const preset = schema.safeParse(undefined).data;
      const shown = preset === undefined ? '' : ` (default: ${JSON.stringify(preset)})`;
      return `      --set ${option}=…  ${schema.description ?? ''}${shown}`;
    });
    return [head, ...own];
  });
  return `\nMethods:\n${lines.join('\n')}\n`;
}
