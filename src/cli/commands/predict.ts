import { Command } from 'commander';
import { exitCodesHelp } from '../exit-codes.js';
import { expectTablePlace, writeTable } from '../../frames/index.js';
import type { ModelFile } from '../../onnx/index.js';
import { LatentcvError } from '../../support/index.js';
import {
  addRenamed,
  addSettings,
  externalDataSettings,
  frameSettings,
  jsonSettings,
  outputSettings,
  tableSettings,
  type Given,
} from '../options/index.js';
import { filesNamed, modelTrajectorySettings } from '../options/trajectories/index.js';
import { lengthUnitSettings, timeUnitSettings } from '../options/weighing/index.js';
import { terminalFor, type Terminal } from '../terminal.js';

const help = `
Example:
  latentcv predict model.onnx COLVAR -o CV
  latentcv predict model.onnx new/COLVAR -o predicted.csv --json
  latentcv predict model.onnx 'run*/features.h5' -o CV.h5
  latentcv predict model.onnx traj.xtc --structure conf.gro -o cv.csv

The columns are found by the labels the model was trained on; of trajectories, the descriptors that
the model holds are computed, of the same atoms, whose names are compared with the structure's. The
output has the times of the input, the CVs, an ensemble's uncertainty, and the properties that the
model predicts; it is a CSV, NPY or HDF5 file where its ending says so, else a PLUMED table. Each
trajectory of the input becomes a file of its own (CV-1.h5, CV-2.h5, …).
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
};
type PredictOptions = Given<typeof settings>;

/** `latentcv predict`: CVs and properties of frames. */
export function predictCommand(): Command {
  const command = new Command('predict')
    .argument('<model>', 'a model file')
    .argument(
      '<file...>',
      'tables with the inputs of the model (COLVAR, CSV, NPY, HDF5), or trajectories (XTC, TRR, DCD, …)',
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

async function predictFrames(
  path: string,
  names: readonly string[],
  options: PredictOptions,
  terminal: Terminal,
): Promise<void> {
  const { externalFiles, loadModel } = await import('../../onnx/index.js');
  const { predict } = await import('../../campaign/index.js');
  const { expandFiles, modelDataset } = await import('../frames/index.js');
  const files = await expandFiles(names);
  const weights = options.externalData ? await externalFiles(path) : [];
  const inputs = [path, ...weights, ...files, ...filesNamed(options)];
  await expectTablePlace(options.output, inputs);
  const model = await loadModel(path, options);
  expectPredictable(path, model, options);
  const dataset = await modelDataset(path, model, files, options, terminal);
  const predicted = await predict(model, dataset, { onWarning: (line) => terminal.warn(line) });
  const columns = predicted.columns.map(({ label }) => label);
  const written = await writeTable(options.output, predicted, inputs);
  for (const { path: output, frames } of written)
    terminal.print(`${output}: ${frames} frames of ${columns.join(', ')}`);
  const { output } = options;
  terminal.json({ output, files: written.map((file) => file.path), frames: predicted.frames, columns });
}
