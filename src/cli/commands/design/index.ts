/**
 * `latentcv design`: what to make so that a model's properties are what is wanted. Reads the rows, tells the candidates and
 * writes their table.
 */
import { Command } from 'commander';
import { z } from 'zod';
import {
  columnValues,
  readTables,
  tableLabels,
  type Dataset,
  type TableOptions,
} from '../../../frames/index.js';
import type { NamedRows } from '../../../design/index.js';
import type { ModelMetadata } from '../../../onnx/index.js';
import { outputPlace, setting, writeWhole } from '../../../support/index.js';
import { exitCodesHelp } from '../../exit-codes.js';
import {
  addSettings,
  jsonSettings,
  optionalOutputSettings,
  tableReading,
  tableSettings,
  type Given,
} from '../../options/index.js';
import { terminalFor, type Terminal } from '../../terminal.js';

const help = `
Example:
  latentcv design model.onnx train.csv --want 'ehull < 20, gap ~ 1.5' -o candidates.csv
  latentcv design model.onnx train.csv --want 'min ehull' --near known.csv --id formula
  latentcv design model.onnx train.csv --want 'min ehull, max gap' --count 20

What to make so that the properties that the model predicts are what is wanted: below (<), above
(>) or about (~) a value, as small (min) or as large (max) as can be. It is sought in the model's
latent, down from the training rows, and no farther from them than 95 % of these are from one
another. Of two properties that are both wanted small or large, the candidates are the Pareto
front.

A candidate is decoded to inputs, and what the model says of these is told as well (again), with how
far encoding leads away from it (cycle, by the CVs' ranges) and, of an ensemble, how far its members
disagree on each property (spread). It counts by the worse of both. The real rows nearest to it are
told by the column of --id, or by their number, with what the table has of their properties.
`;

const settings = {
  want: setting(z.string(), {
    flag: 'want',
    value: 'wants',
    example: "'a < 20, b ~ 1.5'",
    description: "what is wanted of the properties, such as 'ehull < 20, gap ~ 1.5' or 'min ehull'",
  }),
  ...optionalOutputSettings('write the candidates as CSV, with their inputs', 'only told'),
  count: setting(z.number().int().min(1).default(10), {
    flag: 'count',
    value: 'count',
    description: 'most candidates',
  }),
  starts: setting(z.number().int().min(1).default(200), {
    flag: 'starts',
    value: 'rows',
    description: 'training rows that the search starts from, half of them the best, half at random',
  }),
  seed: setting(z.number().int().min(0).max(2147483647).default(1), {
    flag: 'seed',
    value: 'number',
    description: 'of the rows at random',
  }),
  near: setting(z.array(z.string()).optional(), {
    flag: 'near',
    value: 'files',
    several: true,
    description: 'tables among whose rows the nearest are told',
    otherwise: 'the training rows',
  }),
  neighbours: setting(z.number().int().min(1).default(3), {
    flag: 'neighbours',
    value: 'count',
    description: 'how many of the nearest rows are told',
  }),
  id: setting(z.string().optional(), {
    flag: 'id',
    value: 'column',
    description: 'column with what rows are called',
    otherwise: 'rows by their number, from 1',
  }),
  ...jsonSettings('the candidates for scripts'),
  ...tableSettings,
};
export type DesignCommandOptions = Given<typeof settings>;

/** `latentcv design`: candidates in a model's latent. */
export function designCommand(): Command {
  const command = new Command('design')
    .argument('<model>', 'a model file that predicts properties')
    .argument('<file...>', 'tables of the rows that it was trained on (CSV, NPY, HDF5, COLVAR)');
  return addSettings(command, settings)
    .addHelpText('after', help)
    .addHelpText('after', exitCodesHelp)
    .action(async (path: string, files: string[], options: DesignCommandOptions, command: Command) => {
      await designFrom(path, files, options, terminalFor(command));
    });
}

async function designFrom(
  path: string,
  names: readonly string[],
  options: DesignCommandOptions,
  terminal: Terminal,
): Promise<void> {
  const { loadModel } = await import('../../../onnx/index.js');
  const { design, parseWants } = await import('../../../design/index.js');
  const { expandFiles } = await import('../../frames/index.js');
  const { candidatesTable, describeDesigns, designsForScripts } = await import('./words.js');
  const files = await expandFiles(names);
  const near = options.near && (await expandFiles(options.near));
  const { output } = options;
  const read = [path, ...files, ...(near ?? [])];
  if (output !== undefined) await outputPlace(output, read);
  const model = await loadModel(path);
  const { metadata } = model;
  const wants = parseWants(options.want, metadata?.properties ?? []);
  const rows = await namedRows(files, metadata, options, terminal);
  const { count, starts, seed, neighbours } = options;
  const found = await design(model, rows, wants, {
    ...{ count, starts, seed, neighbours },
    ...(near && { near: await namedRows(near, metadata, options, terminal) }),
  });
  for (const line of describeDesigns(found)) terminal.print(line);
  if (output !== undefined) {
    await writeWhole(output, candidatesTable(found, metadata!));
    terminal.print(`${output}: ${found.candidates.length} candidates with their inputs`);
  }
  terminal.json(designsForScripts(found, metadata!, output));
}

/** The model's inputs and, where the table has them, the properties of each row, with what rows are called. */
async function namedRows(
  files: readonly string[],
  metadata: ModelMetadata | undefined,
  { id, ...options }: DesignCommandOptions,
  terminal: Terminal,
): Promise<NamedRows> {
  const reading: TableOptions = { ...tableReading(options), rows: true };
  const there = new Set(await tableLabels(files[0], reading));
  const properties = (metadata?.properties ?? []).filter((label) => there.has(label));
  const inputs = metadata?.inputs.map(({ label }) => label) ?? [];
  const dataset = await readTables(files, {
    ...reading,
    columns: [...inputs, ...properties, ...(id === undefined ? [] : [id])],
    ...(id !== undefined && { text: [id] }),
    gaps: properties,
    onWarning: (line) => terminal.warn(line),
  });
  return { dataset, ...(id !== undefined && { names: namesIn(dataset, id) }) };
}

/** What rows are called; a name may be a number. */
function namesIn(dataset: Dataset, id: string): string[] {
  const column = dataset.columns.find(({ label }) => label === id);
  return Array.from(columnValues(dataset, id), (value) => column?.words?.[value] ?? String(value));
}
