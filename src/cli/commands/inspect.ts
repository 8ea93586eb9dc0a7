import { Command } from 'commander';
import { z } from 'zod';
import type { Diagnostics } from '../../diagnostics/index.js';
import type { Dataset } from '../../frames/index.js';
import { loadModel, type ModelFile } from '../../onnx/index.js';
import { setting } from '../../support/index.js';
import { exitCodesHelp } from '../exit-codes.js';
import {
  expandNames,
  framesToJudge,
  isOfRows,
  modelDataset,
  modelRows,
  type ModelRows,
} from '../frames/index.js';
import {
  addRenamed,
  addSettings,
  externalDataSettings,
  frameSettings,
  jsonSettings,
  structureRowSettings,
  tableReading,
  tableSettings,
  type Given,
} from '../options/index.js';
import {
  joinedTableSettings,
  lengthUnitSettings,
  plumedSettings,
  weighingHelp,
  weighingSettings,
} from '../options/weighing/index.js';
import { modelTrajectorySettings } from '../options/trajectories/index.js';
import { pluginVerdict } from '../plugin-verdict.js';
import { terminalFor, type Terminal } from '../terminal.js';
import { describeDiagnostics, describeModel } from '../words/models/index.js';

const help = `
Example:
  latentcv inspect model.onnx
  latentcv inspect model.onnx --json | jq .metadata.inputs
  latentcv inspect model.onnx COLVAR
  latentcv inspect model.onnx traj.xtc --structure conf.gro
  latentcv inspect model.onnx run1 run2
  latentcv inspect model.onnx md.xtc --weights-from COLVAR --temperature 300

The file's check vectors are recomputed; a file that does not reproduce them is refused. With frames
(best of other runs than it was trained on: tables with the same columns, or trajectories, whose
descriptors the model holds) it also says what speaks against biasing its CVs, if anything does:
basins, crossings and frames between them, time scales, processes that the first CV or all of them
lack, sensitivities to the inputs, variance explained, and of each state which inputs move the CVs
there and which few tell it from the others. Whether a CV works, only a short biased run shows. Of a
model of rows (latentcv train --properties) the properties are held against those of the table.
`;

const settings = {
  columns: setting(z.array(z.string()).optional(), {
    flag: 'columns',
    value: 'columns',
    example: 'phi,psi',
    description: 'columns of the inputs, in their order',
    otherwise: 'as the model names them',
  }),
  lag: setting(z.number().positive().optional(), {
    flag: 'lag',
    value: 'time',
    unit: 'ps',
    example: '10ps',
    description: 'lag time of the time scales',
    otherwise: 'that of the training, else 10ps',
  }),
  states: setting(z.string().optional(), {
    flag: 'states',
    value: 'column',
    description: 'column that is 0 or 1 where a frame is known to be in a state',
  }),
  ...externalDataSettings,
  ...jsonSettings('all of it, for scripts'),
  ...weighingSettings,
  ...joinedTableSettings,
  ...plumedSettings,
  ...lengthUnitSettings,
  ...frameSettings,
  ...tableSettings,
  ...modelTrajectorySettings,
  ...structureRowSettings,
};
type InspectOptions = Given<typeof settings>;

/** `latentcv inspect`: what a model file says of itself, and what frames say of its CVs. */
export function inspectCommand(): Command {
  const command = new Command('inspect')
    .argument('<model>', 'an ONNX file')
    .argument(
      '[file...]',
      'frames to diagnose the CVs on: tables (COLVAR, CSV, NPY, HDF5), trajectories (XTC, TRR, DCD, …) or folders of runs',
    );
  return addRenamed(addSettings(command, settings), { args: 'columns', 'exclude-first': 'begin' })
    .addHelpText('after', weighingHelp)
    .addHelpText('after', help)
    .addHelpText('after', exitCodesHelp)
    .action(async (path: string, files: string[], options: InspectOptions, command: Command) => {
      const terminal = terminalFor(command);
      const file = await loadModel(path, options);
      if (files.length > 0 && isOfRows(file.metadata))
        return inspectRows(path, file, files, options, terminal);
      const diagnostics =
        files.length > 0 ? await diagnosticsOf(path, file, files, options, terminal) : undefined;
      const verdict = await pluginVerdict(path, file, options);
      terminal.json({ ...modelAsJson(path, file), plugin: verdict, diagnostics });
      for (const line of describeModel(path, file, verdict)) terminal.print(line);
      if (!diagnostics) return;
      for (const line of ['', ...describeDiagnostics(diagnostics)]) terminal.print(line);
    });
}

/** A model of rows is held against measured properties: nothing moves along its latent. */
async function inspectRows(
  path: string,
  file: ModelFile,
  names: readonly string[],
  options: InspectOptions,
  terminal: Terminal,
): Promise<void> {
  const { predict, predictedRows } = await import('../../campaign/index.js');
  const { comparisonLines, farInWords } = await import('../words/models/index.js');
  const files = await expandNames([...names]);
  const { table, rows } = await rowsToInspect(path, file, files, options, terminal);
  const told = predictedRows(await predict(file, table), file.metadata!, { table, measured: rows.measured });
  const verdict = await pluginVerdict(path, file, options);
  const { far, comparisons, level = null } = told;
  terminal.json({
    ...modelAsJson(path, file),
    plugin: verdict,
    rows: { count: table.frames, far, level, comparisons },
  });
  for (const line of describeModel(path, file, verdict)) terminal.print(line);
  terminal.print('');
  for (const line of comparisonLines(told)) terminal.print(line);
  if (comparisons.length === 0) terminal.print('the table holds no measured values of the properties');
  if (far > 0) terminal.warn(farInWords(told));
}

/** Structures where the model was trained on some and they are named, else the rows of tables. */
async function rowsToInspect(
  path: string,
  file: ModelFile,
  files: readonly string[],
  options: InspectOptions,
  terminal: Terminal,
): Promise<{ table: Dataset; rows: Pick<ModelRows, 'measured'> }> {
  const { modelStructures } = await import('../frames/structures/index.js');
  const structures =
    file.metadata?.features && (await modelStructures(files, file.metadata, options, terminal));
  if (structures) return { table: structures.dataset, rows: structures.rows };
  const rows = await modelRows(file.metadata!, files, { reading: tableReading(options) });
  return { table: await modelDataset(path, file, files, options, terminal, [], rows), rows };
}

async function diagnosticsOf(
  path: string,
  file: ModelFile,
  names: string[],
  options: InspectOptions,
  terminal: Terminal,
): Promise<Diagnostics> {
  const { diagnoseModel } = await import('../diagnose.js');
  const { columns, lag, states } = options;
  const { files, weigh, ...frames } = await framesToJudge(file, names, options, terminal);
  return diagnoseModel(path, file, { files, columns, lag, states, weigh, ...frames });
}

function modelAsJson(path: string, { graph, problem, metadata, decoder, ...file }: ModelFile) {
  // of the decoder, a file of its own, how big it is
  const size = decoder && { decoder: { bytes: metadata?.decoder?.length } };
  const told = metadata && { metadata: { ...metadata, ...size } };
  return { path, ...file, ...told, readable: graph !== undefined, problem: problem?.message };
}
