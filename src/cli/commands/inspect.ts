import { Command } from 'commander';
import type { Diagnostics } from '../../diagnostics/index.js';
import { loadModel, type ModelFile } from '../../onnx/index.js';
import { exitCodesHelp } from '../exit-codes.js';
import { expandFiles, modelTrajectories } from '../frames/index.js';
import {
  addTimeRangeOptions,
  addTableOptions,
  timeRange,
  tableReading,
  type TimeRangeOptions,
  type TableCommandOptions,
  addModelTrajectoryOptions,
  type TrajectoryOptions,
  labels,
  positiveDuration,
  positiveNumber,
  addLengthUnit,
  addTimeUnit,
  unitsReading,
  type UnitOptions,
} from '../options/index.js';
import { pluginVerdict } from '../plugin-verdict.js';
import { terminalFor, type Terminal } from '../terminal.js';
import { describeDiagnostics, describeModel } from '../words/index.js';

const help = `
Example:
  latentcv inspect model.onnx
  latentcv inspect model.onnx --json | jq .metadata.inputs
  latentcv inspect model.onnx COLVAR
  latentcv inspect model.onnx traj.xtc --structure conf.gro

The file's check vectors are recomputed; a file that does not reproduce them is refused. With frames (best of
other runs than it was trained on: tables with the same columns, or trajectories, whose descriptors the model holds) it is also told what speaks against biasing
its CVs, if anything does: basins, crossings and frames between them, time scales, processes that the first CV or all of them lack,
what moves each CV, what the CVs explain. Whether a CV works, only a short biased run tells.
`;

interface InspectOptions extends TimeRangeOptions, TableCommandOptions, UnitOptions, TrajectoryOptions {
  args?: string[];
  lag?: number;
  states?: string;
  bias?: string[];
  temperature?: number;
  externalData?: boolean;
}

/** `latentcv inspect`: what a model file says of itself, and what frames say of its CVs. */
export function inspectCommand(): Command {
  const command = new Command('inspect')
    .argument('<model>', 'an ONNX file')
    .argument(
      '[file...]',
      'frames to diagnose the CVs on: tables (COLVAR, CSV, NPY, HDF5) or trajectories (XTC, TRR, DCD, …)',
    )
    .option(
      '--args <columns>',
      'columns of the inputs, in their order (default: as the model names them)',
      labels,
    )
    .option(
      '--lag <time>',
      'lag time of the time scales (default: that of the training, else 10ps)',
      positiveDuration,
    )
    .option('--states <column>', 'column that is 0 or 1 where a frame is known to be in a state')
    .option('--bias <columns>', 'columns of the bias that frames are weighed by (default: all alike)', labels)
    .option('--temperature <kelvin>', 'temperature of the run, with --bias', positiveNumber);
  return addLengthUnit(addTimeUnit(addModelTrajectoryOptions(addTableOptions(addTimeRangeOptions(command)))))
    .option('--external-data', 'read weights that lie in a file beside the model')
    .option('--json', 'all of it, for scripts')
    .addHelpText('after', help)
    .addHelpText('after', exitCodesHelp)
    .action(async (path: string, files: string[], options: InspectOptions, command: Command) => {
      const terminal = terminalFor(command);
      const file = await loadModel(path, options);
      const diagnostics =
        files.length > 0 ? await diagnosticsOf(path, file, files, options, terminal) : undefined;
      const verdict = await pluginVerdict(path, file, options);
      terminal.json({ ...modelAsJson(path, file), plugin: verdict, diagnostics });
      for (const line of describeModel(path, file, verdict)) terminal.print(line);
      if (!diagnostics) return;
      for (const line of ['', ...describeDiagnostics(diagnostics)]) terminal.print(line);
    });
}

async function diagnosticsOf(
  path: string,
  file: ModelFile,
  files: string[],
  options: InspectOptions,
  terminal: Terminal,
): Promise<Diagnostics> {
  const { diagnoseModel } = await import('../diagnose.js');
  const { args, lag, states, bias, temperature } = options;
  const onWarning = (line: string): void => terminal.warn(line);
  const units = unitsReading(options, file.metadata?.inputs ?? [], args);
  const reading = { ...timeRange(options), ...tableReading(options), ...units, onWarning };
  const job = {
    args,
    lag,
    states,
    bias,
    temperature,
  };
  const found = await expandFiles(files);
  const { columns, dataset, periodic, lengthUnit } = options;
  const ofTables = { args, states, bias, columns, dataset, periodic, 'length-unit': lengthUnit };
  const trajectories = await modelTrajectories(found, options, terminal, ofTables);
  return diagnoseModel(path, file, { files: found, reading, trajectories, ...job });
}

function modelAsJson(path: string, { graph, problem, ...file }: ModelFile): object {
  return { path, ...file, readable: graph !== undefined, problem: problem && problem.message };
}
