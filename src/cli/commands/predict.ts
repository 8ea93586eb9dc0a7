import { Command } from 'commander';
import { z } from 'zod';
import { exitCodesHelp } from '../exit-codes.js';
import { expectTablePlace, tableLabels, writeTable, type Dataset } from '../../frames/index.js';
import type { ModelFile } from '../../onnx/index.js';
import { biasColumns } from '../../sampling/index.js';
import { LatentcvError, setting } from '../../support/index.js';
import {
  addRenamed,
  addSettings,
  externalDataSettings,
  frameSettings,
  jsonSettings,
  outputSettings,
  structureRowSettings,
  tableReading,
  tableSettings,
  type Given,
} from '../options/index.js';
import {
  areTrajectories,
  filesNamed,
  isTrajectory,
  modelTrajectorySettings,
} from '../options/trajectories/index.js';
import {
  joinedTableSettings,
  lengthUnitSettings,
  timeUnitSettings,
  weighingSettings,
} from '../options/weighing/index.js';
import type { PredictedRows } from '../../campaign/index.js';
import type { ModelRows } from '../frames/index.js';
import { terminalFor, type Terminal } from '../terminal.js';

const help = `
Example:
  latentcv predict model.onnx COLVAR -o CV
  latentcv predict model.onnx new/COLVAR -o predicted.csv --json
  latentcv predict model.onnx 'run*/features.h5' -o CV.h5
  latentcv predict model.onnx traj.xtc --structure conf.gro -o cv.csv
  latentcv predict model.onnx run1 run2 -o cv.colvar
  latentcv predict model.onnx run1 --gradient -o cv.colvar
  latentcv predict model.onnx crystals/ -o predicted.csv

The columns are found by the labels the model was trained on; of trajectories, the descriptors that
the model holds are computed, of the same atoms, whose names are compared with the structure's. The
output has the times of the input, the CVs, an ensemble's uncertainty, and the properties that the
model predicts; it is a CSV, NPY or HDF5 file where its ending says so, else a PLUMED table. Each
trajectory of the input becomes a file of its own (CV-1.h5, CV-2.h5, …).

Of rows (latentcv train --properties) the columns of text go before, and behind come conformal
intervals of each property (gap.lower, gap.upper) and latent.percentile: the part of the training
rows, in percent, that lie nearer to one another in the latent than the row to the nearest of them.
Where the table holds measured values, they are compared.

A model that was trained on structures takes structures: what it holds is computed of each, whatever
its size and elements.

Of a folder of a run its trajectory is taken where the model holds descriptors, else its table. The
columns of the bias go behind the CVs, joined by time, of folders and with --weights-from, of tables
with --bias: latentcv fes then weighs the frames along the new CV. With --gradient latentcv fes
--geometric has what it needs, too.
`;

const settings = {
  ...outputSettings('the table to write'),
  ...externalDataSettings,
  ...jsonSettings('print what was written, for scripts'),
  ...timeUnitSettings,
  ...lengthUnitSettings,
  ...frameSettings,
  ...tableSettings,
  ...modelTrajectorySettings,
  ...structureRowSettings,
  ...joinedTableSettings,
  bias: weighingSettings.bias,
  gradient: setting(z.boolean().optional(), {
    flag: 'gradient',
    group: 'Trajectories',
    description:
      "lengths of the CVs' gradients by the atoms' positions as well, per nm, as GRADIENT of ONNX_MODEL gives them",
  }),
  identifiers: setting(z.array(z.string()).optional(), {
    flag: 'id',
    value: 'columns',
    group: 'Columns',
    otherwise: 'those of the training that are there',
    description: 'of a model of rows: columns that name them, which are written as they are',
  }),
  coverage: setting(z.number().positive().max(1).optional(), {
    flag: 'coverage',
    value: 'part',
    example: '0.95',
    otherwise: '0.9',
    description: 'of a model of rows: part of the rows that the intervals of their properties hold',
  }),
};
type PredictOptions = Given<typeof settings>;

/** `latentcv predict`: CVs and properties of frames. */
export function predictCommand(): Command {
  const command = new Command('predict')
    .argument('<model>', 'a model file')
    .argument(
      '<file...>',
      'tables with the inputs of the model (COLVAR, CSV, NPY, HDF5), trajectories (XTC, TRR, DCD, …), folders of runs, or structures',
    );
  return addRenamed(addSettings(command, settings), { columns: 'names', 'exclude-first': 'begin' })
    .addHelpText('after', help)
    .addHelpText('after', exitCodesHelp)
    .action(async (path: string, files: string[], options: PredictOptions, command: Command) => {
      await predictFrames(path, files, options, terminalFor(command));
    });
}

/** What `predict` says of a model, with its file, and before tables are read. */
function expectPredictable(
  path: string,
  { graph, metadata, problem }: ModelFile,
  { externalData = false }: PredictOptions,
): void {
  if (!graph && problem) throw new LatentcvError(problem.code, `${path}: ${problem.message}`, problem.hint);
  if (metadata) return;
  throw new LatentcvError(
    'bad-model',
    `${path}: expected a model that names its inputs`,
    `latentcv differentiate ${path}${externalData ? ' --external-data' : ''} makes a model file of it`,
  );
}

/** The columns of the bias that tables are asked for. */
async function biasOfTables(
  [first]: readonly string[],
  options: PredictOptions,
  terminal: Terminal,
): Promise<string[]> {
  const { bias } = options;
  if (!bias || bias.includes('none')) return [];
  if (isTrajectory(first))
    throw new LatentcvError(
      'bad-argument',
      `expected a table with ${bias.join(', ')} for the frames of ${first} but found none`,
      '--weights-from names it',
    );
  const { weigh, notes } = biasColumns(await tableLabels(first, tableReading(options)), {
    asked: bias,
  });
  for (const note of notes) terminal.note(note);
  return weigh;
}

/** Of a model of rows, what else its tables hold; text goes into a CSV alone. */
async function rowsOf(
  { metadata }: ModelFile,
  files: readonly string[],
  options: PredictOptions,
  terminal: Terminal,
): Promise<ModelRows | undefined> {
  const { isOfRows, modelRows } = await import('../frames/index.js');
  if (!metadata || !isOfRows(metadata)) return undefined;
  const asked = options.identifiers;
  const rows = await modelRows(metadata, files, { asked, reading: tableReading(options) });
  const text = rows.identifiers.filter((label) => rows.reading.text?.includes(label));
  return { ...rows, identifiers: namesWritten(rows.identifiers, text, options, terminal) };
}

/** Columns that name rows, as far as the output holds their text. */
function namesWritten(
  all: readonly string[],
  text: readonly string[],
  { output, identifiers: asked }: PredictOptions,
  terminal: Terminal,
): string[] {
  if (text.length === 0 || /\.[ct]sv$/i.test(output)) return [...all];
  if (!asked) {
    terminal.note(`${output} holds numbers alone: ${text.join(', ')} is not written (a CSV holds text)`);
    return all.filter((label) => !text.includes(label));
  }
  throw new LatentcvError(
    'bad-argument',
    `expected a CSV or TSV for the text of ${text.join(', ')} but received ${output}`,
  );
}

async function predictFrames(
  path: string,
  names: readonly string[],
  options: PredictOptions,
  terminal: Terminal,
): Promise<void> {
  const { externalFiles, loadModel } = await import('../../onnx/index.js');
  const { expandNames, modelDataset, modelRuns, tablesOfFolders, trajectoriesWithBias } =
    await import('../frames/index.js');
  const { gradientLabels } = await import('../../campaign/index.js');
  const given = await expandNames(names);
  const weights = options.externalData ? await externalFiles(path) : [];
  await expectTablePlace(options.output, [path, ...weights, ...given, ...filesNamed(options)]);
  const model = await loadModel(path, options);
  expectPredictable(path, model, options);
  if (options.gradient && model.metadata?.features) throw noAtoms(`${path} is of structures or rows`);
  const structures = await structuresToPredict(model, given, options, terminal);
  if (structures) return answer(path, model, structures, options, terminal);
  const byModel = model.metadata?.descriptors !== undefined;
  if (options.gradient && !byModel) throw noAtoms(`${path} knows its inputs by their columns alone`);
  const runs = await trajectoriesWithBias(given, { ...options, replicas: 'independent', byModel }, terminal);
  const inputsOf = model.metadata?.inputs.map(({ label }) => label) ?? [];
  const ofTables = runs ? [] : (options.bias ?? []).filter((name) => name !== 'none' && name !== 'all');
  const files = runs?.files ?? (await tablesOfFolders(given, [...inputsOf, ...ofTables]));
  if (options.gradient && !runs && !(await areTrajectories(files, options)))
    throw noAtoms(`${files[0]} has columns`);
  const tables = Object.values(runs?.joined?.tables ?? {}).flat();
  const inputs = [path, ...weights, ...files, ...tables, ...filesNamed(options)];
  await expectTablePlace(options.output, inputs);
  const rows = await rowsOf(model, files, options, terminal);
  const behind = runs?.columns ?? (await biasOfTables(files, options, terminal));
  const dataset = runs
    ? await modelRuns(path, model, runs, options, terminal)
    : await modelDataset(path, model, files, options, terminal, behind, rows);
  const lengths = options.gradient ? gradientLabels(model.metadata!.outputs) : [];
  const further = { behind: [...lengths, ...behind], inputs, ...(rows && { rows }) };
  await answer(path, model, { dataset, ...further }, options, terminal);
}

function noAtoms(received: string): LatentcvError {
  return new LatentcvError(
    'bad-argument',
    `expected trajectories, and a model that holds its descriptors, for --gradient but ${received}`,
    'what a column moves with which atoms is not known; in a run, latentcv plumed --gradient',
  );
}

/** Rows or frames that a model is asked about. */
interface AskedRows {
  dataset: Dataset;
  /** Of a model of rows, what else is known of them. */
  rows?: Pick<ModelRows, 'identifiers' | 'measured'>;
  behind: readonly string[];
  /** Files that are read, which the table is not written over. */
  inputs: readonly string[];
}

/** Structures as rows of a model that was trained on some; undefined where tables are named, or it was not. */
async function structuresToPredict(
  { metadata }: ModelFile,
  names: readonly string[],
  options: PredictOptions,
  terminal: Terminal,
): Promise<AskedRows | undefined> {
  if (!metadata?.features) {
    if (options.propertiesFrom === undefined && options.skipUnreadable === undefined) return undefined;
    throw new LatentcvError(
      'bad-argument',
      `expected a model of structures with ‘${options.propertiesFrom === undefined ? 'skipUnreadable' : 'propertiesFrom'}’`,
    );
  }
  const { modelStructures } = await import('../frames/structures/index.js');
  const found = await modelStructures(names, metadata, options, terminal);
  if (!found) return undefined;
  const { dataset, rows, files } = found;
  const identifiers = namesWritten(rows.identifiers, rows.identifiers, options, terminal);
  return { dataset, rows: { ...rows, identifiers }, behind: [], inputs: files };
}

async function answer(
  path: string,
  model: ModelFile,
  { dataset, rows, behind, inputs: read }: AskedRows,
  options: PredictOptions,
  terminal: Terminal,
): Promise<void> {
  const { predict, predictedRows } = await import('../../campaign/index.js');
  const inputs = [path, ...read];
  await expectTablePlace(options.output, inputs);
  const answers = await predict(model, dataset, {
    ...(rows && { before: rows.identifiers }),
    behind,
    onWarning: (line) => terminal.warn(line),
  });
  const told =
    rows && predictedRows(answers, model.metadata!, { table: dataset, ...rows, level: options.coverage });
  const predicted = told?.predicted ?? answers;
  if (told) await tellRows(told, terminal);
  const columns = predicted.columns.map(({ label }) => label);
  const written = await writeTable(options.output, predicted, inputs);
  for (const { path: output, frames } of written)
    terminal.print(`${output}: ${frames} ${rows ? 'rows' : 'frames'} of ${columns.join(', ')}`);
  const { output } = options;
  terminal.json({
    ...{ output, files: written.map((file) => file.path), frames: predicted.frames, columns },
    ...(told && { level: told.level ?? null, far: told.far, comparisons: told.comparisons }),
  });
}

/** How predictions compare with what was measured, and which of them are extrapolations. */
async function tellRows(told: PredictedRows, terminal: Terminal): Promise<void> {
  const { comparisonLines, farInWords } = await import('../words/models/index.js');
  for (const line of comparisonLines(told)) terminal.print(line);
  if (told.far > 0) terminal.warn(farInWords(told));
}
