import type { Command } from 'commander';
import { z } from 'zod';
import type { TableOptions } from '../../../frames/index.js';
import { methodNames, methods } from '../../../models/index.js';
import { setting, settingSchema, wrapped } from '../../../support/index.js';
import { trainOptionNames, trainOptionsSchema, type TrainOptions } from '../../../training/index.js';
import type { Given } from '../setting-option.js';
import { frameSettings, tableReading, tableSettings, timeRange } from '../tables.js';
import {
  energySettings,
  joinedTableSettings,
  lengthUnitSettings,
  weighingSettings,
} from '../weighing/index.js';

/** Settings of method and network: `train` takes one value of each, `search` lists. */
export const architectureSettings = trainOptionsSchema.pick({
  method: true,
  latent: true,
  hidden: true,
  lag: true,
}).shape;

/** The rest, but for what the files and the options of how frames were made tell. */
const otherSettings = trainOptionsSchema.omit({
  method: true,
  latent: true,
  hidden: true,
  lag: true,
  bias: true,
  replicas: true,
  temperature: true,
  temperatures: true,
  pairsFrom: true,
}).shape;

/** Which columns are learned from. */
const columnSettings = {
  columns: setting(z.array(z.string()).optional(), {
    flag: 'columns',
    value: 'columns',
    group: 'Columns',
    example: 'phi,psi',
    description: "columns to learn from, such as 'd_*' or phi,psi",
    otherwise: 'all but biases, energies and counters',
  }),
};

/** What `train` and `search` have in common; times in ps. */
export const trainingSettings = {
  ...columnSettings,
  ...weighingSettings,
  ...joinedTableSettings,
  ...lengthUnitSettings,
  ...energySettings,
  ...otherSettings,
  ...frameSettings,
  ...tableSettings,
  nonFinite: setting(z.boolean().optional(), {
    flag: 'drop-nan',
    group: 'Frames',
    description: 'leave out frames with NaN instead of stopping',
  }),
};
export type TrainingOptions = Given<typeof trainingSettings>;

/** What of the options of how frames were made the training is told otherwise, once the files are looked at. */
const resolved = new Set(['bias', 'temperature', 'replicas']);

/**
 * A command's options without those settings of a training that have their default: rows have other defaults than frames, and
 * which of the two a table holds is not known before it is opened.
 */
export function withoutPresets<Options extends TrainingOptions>(
  options: Options,
  command: Pick<Command, 'getOptionValueSource'>,
  keep: readonly string[] = [],
): Options {
  const preset = (name: string): boolean =>
    trainOptionNames.includes(name) &&
    !keep.includes(name) &&
    command.getOptionValueSource(name) === 'default';
  return Object.fromEntries(Object.entries(options).filter(([name]) => !preset(name))) as Options;
}

/** Of a command's options, those of the training. */
export function givenOptions(options: TrainingOptions): TrainOptions {
  const given = Object.entries(options);
  return Object.fromEntries(
    given.filter(
      ([name, value]) => value !== undefined && trainOptionNames.includes(name) && !resolved.has(name),
    ),
  );
}

export function readingOptions(options: TrainingOptions): TableOptions {
  const { columns, nonFinite } = options;
  return {
    columns,
    ...timeRange(options),
    ...tableReading(options),
    nonFinite: nonFinite ? 'drop' : undefined,
  };
}

/** Every method, its options below it, in lines of at most `width`. */
export function methodsHelp(width: number): string {
  const lines = methodNames.flatMap((name) => {
    const { summary, needs, options } = methods[name];
    const asks = [
      needs.pairs && 'frames in time order',
      needs.labels === 'required' && '--labels',
      needs.labels === 'optional' && needs.passages && '--labels of two states, or one way between them',
      needs.properties && '--properties',
    ].filter(Boolean);
    const needed = asks.length > 0 ? ` (needs ${asks.join(', ')})` : '';
    const own = Object.entries(options.shape as Record<string, z.ZodType>).flatMap(([option, schema]) => {
      const preset = schema.safeParse(undefined).data;
      const { enum: choices } = settingSchema(schema);
      const facts = [
        ...(choices ? [choices.join(', ')] : []),
        ...(preset === undefined
          ? []
          : [`default: ${typeof preset === 'string' ? preset : JSON.stringify(preset)}`]),
      ];
      const shown = facts.length === 0 ? '' : ` (${facts.join('; ')})`;
      return wrapped(`--set ${option}=…  ${schema.description ?? ''}${shown}`, width - 4, '        ').map(
        (line) => `    ${line}`,
      );
    });
    return [name, ...wrapped(`${summary}${needed}`, width - 2).map((line) => `  ${line}`), ...own];
  });
  return lines.join('\n');
}
