import { Command } from 'commander';
import { expectTablePlace, readTables, tableLabels, writeTable, type Dataset } from '../../frames/index.js';
import type { ModelFile } from '../../onnx/index.js';
import { closestName, counted, digits, LatentcvError, shortList } from '../../support/index.js';
import { exitCodesHelp } from '../exit-codes.js';
import {
  addSettings,
  frameSettings,
  jsonSettings,
  outputSettings,
  tableReading,
  tableSettings,
  timeRange,
  type Given,
} from '../options/index.js';
import { terminalFor, type Terminal } from '../terminal.js';

const help = `
Example:
  latentcv decode model.onnx latents.csv -o descriptors.csv
  latentcv decode model.onnx latents.npy -o descriptors.npy
  latentcv decode model.onnx COLVAR_cv -o descriptors.colvar

The way from CVs back to the inputs that the model was trained on, by the decoder in its file, in
the inputs' units: what the CVs keep of a frame. The columns are those of the CVs (node-0, node-1,
…), also behind a label of PLUMED's (cv.node-0); columns without names are taken in the model's
order. Behind the inputs stand the properties that the CVs tell, where the model predicts some.

What was decoded is encoded again: how far that leads away, by the CVs' ranges in training, tells
what the decoder knows there. Models of methods that rebuild no inputs have no decoder.
`;

const settings = {
  ...outputSettings('the table to write'),
  ...jsonSettings('print what was written, for scripts'),
  ...frameSettings,
  ...tableSettings,
};
type DecodeOptions = Given<typeof settings>;

/** `latentcv decode`: from CVs back to inputs. */
export function decodeCommand(): Command {
  const command = new Command('decode')
    .argument('<model>', 'a model file')
    .argument('<file...>', 'tables of CVs (COLVAR, CSV, NPY, HDF5)');
  return addSettings(command, settings)
    .addHelpText('after', help)
    .addHelpText('after', exitCodesHelp)
    .action(async (path: string, files: string[], options: DecodeOptions, command: Command) => {
      await decodeTables(path, files, options, terminalFor(command));
    });
}

async function decodeTables(
  path: string,
  names: readonly string[],
  options: DecodeOptions,
  terminal: Terminal,
): Promise<void> {
  const { loadModel } = await import('../../onnx/index.js');
  const { decode } = await import('../../design/index.js');
  const { expandFiles } = await import('../frames/index.js');
  const files = await expandFiles(names);
  const { output } = options;
  await expectTablePlace(output, [path, ...files]);
  const model = await loadModel(path);
  const cvs = await readCvs(path, model, files, options, terminal);
  const { dataset, cycle, outside } = await decode(model, cvs);
  if (outside > 0)
    terminal.warn(
      `${outside} of ${counted(cvs.frames, 'row')} have a CV beyond its range in training, where the decoder has seen nothing`,
    );
  const written = await writeTable(output, dataset, [path, ...files]);
  const columns = dataset.columns.map(({ label }) => label);
  for (const { path: to, frames } of written)
    terminal.print(`${to}: ${counted(frames, 'row')} of ${shortList(columns)}`);
  terminal.print(
    `encoded again, the CVs move by ${digits(cycle.median)} of their ranges (median), at most ${digits(cycle.worst)}`,
  );
  const units = model.metadata!.inputs.map(({ unit }) => unit);
  terminal.json({
    output,
    files: written.map((file) => file.path),
    frames: dataset.frames,
    columns,
    units: [...units, ...columns.slice(units.length).map(() => '')],
    cycle,
    outside,
  });
}

/** The CVs of tables, under the model's own names of them. */
async function readCvs(
  path: string,
  { metadata }: ModelFile,
  files: readonly string[],
  options: DecodeOptions,
  terminal: Terminal,
): Promise<Dataset> {
  const reading = { ...tableReading(options), ...timeRange(options), timestep: 1 };
  const labels = await tableLabels(files[0], reading);
  const names = metadata?.outputs.map(({ name }) => name) ?? [];
  const columns = cvColumns(path, labels, names);
  const cvs = await readTables(files, { ...reading, columns, onWarning: (line) => terminal.warn(line) });
  return {
    ...cvs,
    columns: cvs.columns.map(({ label }) => ({ label: names[columns.indexOf(label)] })),
  };
}

/** Which columns the CVs are: by name, by PLUMED's name of a component, or in their order where none has a name. */
function cvColumns(path: string, labels: readonly string[], names: readonly string[]): string[] {
  const nameless = labels.every((label, i) => label === `x${i + 1}`);
  if (nameless && labels.length === names.length) return [...labels];
  return names.map((name) => {
    const fitting = labels.includes(name) ? [name] : labels.filter((label) => label.endsWith(`.${name}`));
    if (fitting.length === 1) return fitting[0];
    const closest = closestName(name, labels);
    throw new LatentcvError(
      'bad-argument',
      fitting.length > 1
        ? `expected one column ${name}, a CV of ${path}, but there are ${shortList(fitting)}`
        : `expected a column ${name}, a CV of ${path}, but there are ${shortList(labels)}`,
      closest === undefined ? '‘names’ says what the columns are called' : `is it ${closest}?`,
    );
  });
}
