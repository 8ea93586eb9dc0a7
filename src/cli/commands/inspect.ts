import { Command } from 'commander';
import type { Diagnostics } from '../../diagnostics/index.js';
import type { ModelFile } from '../../onnx/index.js';
import { exitCodesHelp } from '../exit-codes.js';
import { expandFiles } from '../expand-files.js';
import { describeModel } from '../describe-model.js';
import {
  addTimeRangeOptions,
  addTableOptions,
  addTimestepOption,
  timeRange,
  tableReading,
  type TimeRangeOptions,
  type TableCommandOptions,
} from '../table-options.js';
import { terminalFor, type Terminal } from '../terminal.js';
import { labels, positiveDuration, positiveNumber } from '../values.js';
import { addLengthUnit, addTimeUnit, unitsReading, type UnitOptions } from '../weighing-options.js';

const help = `
Example:
  latentcv inspect model.onnx
  latentcv inspect model.onnx --json | jq .metadata.inputs
  latentcv inspect model.onnx COLVAR

The file's check vectors are recomputed; a file that does not reproduce them is refused. With tables of frames (best of
other runs than it was trained on, with the same columns: COLVAR, CSV, NPY, HDF5) it is also told what speaks against biasing
its CVs, if anything does: basins, crossings and frames between them, time scales, processes that the first CV or all of them lack,
what moves each CV, what the CVs explain. Whether a CV works, only a short biased run tells.
`;

interface InspectOptions extends TimeRangeOptions, TableCommandOptions, UnitOptions {
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
    .description('tell what is in a model file, and what frames say of its CVs')
    .argument('<model>', 'an ONNX file')
    .argument('[table...]', 'COLVAR, CSV, NPY or HDF5 files to diagnose the CVs on')
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
  return addLengthUnit(addTimeUnit(addTimestepOption(addTableOptions(addTimeRangeOptions(command)))))
    .option('--external-data', 'read weights that lie in a file beside the model')
    .option('--json', 'all of it, for scripts')
    .addHelpText('after', help)
    .addHelpText('after', exitCodesHelp)
    .action(async (path: string, files: string[], options: InspectOptions, command: Command) => {
      const terminal = terminalFor(command);
      const { loadModel } = await import('../../onnx/index.js');
      const file = await loadModel(path, options);
      const diagnostics =
        files.length > 0 ? await diagnosticsOf(path, file, files, options, terminal) : undefined;
      const { pluginVerdict } = await import('../plugin-verdict.js');
      const verdict = await pluginVerdict(path, file, options);
      terminal.json({ ...modelAsJson(path, file), plugin: verdict, ...(diagnostics && { diagnostics }) });
      for (const line of describeModel(path, file, verdict)) terminal.print(line);
      if (!diagnostics) return;
      const { describeDiagnostics } = await import('../describe-diagnostics.js');
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
  const { args, lag, states, bias, temperature } = options;
  const onWarning = (line: string): void => terminal.warn(line);
  const units = unitsReading(options, file.metadata?.inputs ?? [], args);
  const reading = { ...timeRange(options), ...tableReading(options), ...units, onWarning };
  const job = {
    ...(args && { args }),
    ...(lag !== undefined && { lag }),
    ...(states !== undefined && { states }),
    ...(bias && { bias }),
    ...(temperature !== undefined && { temperature }),
  };
  const { diagnoseModel } = await import('../diagnose-job.js');
  return diagnoseModel(path, file, { files: await expandFiles(files), reading, ...job });
}

function modelAsJson(path: string, { graph, problem, ...file }: ModelFile): object {
  return { path, ...file, readable: graph !== undefined, ...(problem && { problem: problem.message }) };
}
