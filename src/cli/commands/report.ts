import { Command } from 'commander';
import { z } from 'zod';
import type { Diagnostics } from '../../diagnostics/index.js';
import type { WindowsAnalysis } from '../../campaign/index.js';
import type { SampledRun } from '../../free-energy/index.js';
import { loadModel } from '../../onnx/index.js';
import type { RunReport, WindowsData } from '../../report/index.js';
import { LatentcvError, packageVersion, writeWhole, setting } from '../../support/index.js';
import { exitCodes, exitCodesHelp } from '../exit-codes.js';
import { expandFiles, loadSampling, modelTrajectories, type LoadedRun } from '../frames/index.js';
import {
  addSettings,
  fileSetting,
  jsonSettings,
  outputSettings,
  samplingSettings,
  type Given,
} from '../options/index.js';
import { modelTrajectorySettings, type TrajectoryOptions } from '../options/trajectories/index.js';
import { weighingHelp } from '../options/weighing/index.js';
import { terminalFor, type Terminal } from '../terminal.js';
import {
  answerLines,
  answerWarnings,
  combinedLines,
  energyWords,
  runSettings,
  runVersions,
} from '../words/index.js';
import { combinedAnswers, isDetermined } from '../combined-answers.js';

const help = `
One HTML page that needs nothing else: free energies with errors, the run in time, the model and its
training.

Example:
  latentcv report COLVAR --model model.onnx --cv cv.node-0 --against phi,psi --temperature 300 \\
    --basin phi=0..2.3 --cores phi=-2.8..-0.6,0.5..1.7 -o report.html
  latentcv report run --model model.onnx --training traj.xtc --structure conf.gro \\
      --cv cv.node-0 -o report.html
  latentcv report run --states states -o report.html
`;

const settings = {
  cv: setting(z.array(z.string()).default([]), {
    flag: 'cv',
    value: 'column',
    example: 'cv.node-0',
    description: 'column of the learned CV',
    otherwise: 'needed, but with --states: their first',
  }),
  ...outputSettings('the page to write'),
  against: setting(z.array(z.string()).optional(), {
    flag: 'against',
    value: 'columns',
    example: 'phi,psi',
    description: 'one or two columns a chemist knows, such as phi,psi',
  }),
  model: fileSetting('model', 'the model that was biased'),
  training: setting(z.array(z.string()).optional(), {
    flag: 'training',
    value: 'file',
    several: true,
    description:
      "the model's training frames, tables or trajectories (these with the options below): adds diagnostics of its CVs",
  }),
  states: setting(z.string().optional(), {
    flag: 'states',
    value: 'folder',
    description:
      'what latentcv states -o wrote, the folder or states.json: adds the states and their structures',
  }),
  title: setting(z.string().default('A run biased along a learned CV'), {
    flag: 'title',
    value: 'title',
    description: 'heading of the page',
  }),
  reference: setting(z.number().min(0).optional(), {
    flag: 'reference',
    value: 'energy',
    unit: 'kJ/mol',
    description: 'ΔF known from elsewhere, kJ/mol (with --kt in its units)',
  }),
  ...jsonSettings('what the page shows, for scripts'),
  ...samplingSettings,
  ...modelTrajectorySettings,
};
type ReportCommandOptions = Given<typeof settings>;

/** `latentcv report`: a biased run as a page to show. */
export function reportCommand(): Command {
  const command = new Command('report').argument(
    '<colvar...>',
    'COLVAR files, patterns or run folders: replicas of the run, or its parts (--parts)',
  );
  return addSettings(command, settings)
    .addHelpText('after', weighingHelp)
    .addHelpText('after', help)
    .addHelpText('after', exitCodesHelp)
    .action(async (files: string[], options: ReportCommandOptions, self: Command) => {
      const terminal = terminalFor(self);
      expectColumns('--cv', options.cv, 1);
      expectColumns('--against', options.against ?? [], 2);
      const modes = options.states === undefined ? undefined : await readModes(options.states);
      const cv = options.cv.at(0) ?? modes?.found.cv.at(0);
      if (cv === undefined) throw withoutCv();
      const columns = [...new Set([cv, ...(options.against ?? []), ...(modes?.found.cv ?? [])])];
      const loaded = await loadSampling(files, columns, options, terminal);
      await writeReport(loaded, { ...options, cv, modes }, terminal);
    });
}

/** What the page shows at most; more would be left out without a word. */
function expectColumns(option: string, given: readonly string[], most: number): void {
  if (given.length <= most) return;
  throw new LatentcvError(
    'bad-argument',
    `expected ${most === 1 ? 'one column' : 'one or two columns'} for ${option} but received ${given.join(',')}`,
  );
}

/** What is asked of the page, what it takes read. */
type Asked = Omit<ReportCommandOptions, 'cv'> & { cv: string; modes: RunReport['modes'] };

/** States and the structures beside them. */
async function readModes(path: string): Promise<NonNullable<RunReport['modes']>> {
  const { readStates, readStateStructures } = await import('../../states/index.js');
  const found = await readStates(path);
  return { found, structures: await readStateStructures(found) };
}

const withoutCv = (): LatentcvError =>
  new LatentcvError(
    'bad-argument',
    'expected --cv or --states but found neither',
    '--cv names the column of the learned CV, --states what latentcv states wrote',
  );

/** Writes the page of a run and tells its numbers. */
async function writeReport(loaded: LoadedRun, options: Asked, terminal: Terminal): Promise<void> {
  const { composeReport, renderReport } = await import('../../report/index.js');
  const { run, question, natural } = loaded;
  const { title, cv, against = [], reference, output, modes } = options;
  const diagnostics = await diagnosticsOf(options, terminal);
  const composed = composeReport({
    title,
    run,
    cv,
    against,
    question,
    expected: reference === undefined ? undefined : { reference },
    model: options.model === undefined ? undefined : await readModel(options.model),
    ...(modes && { modes }),
  });
  const versions = [
    ['latentcv', packageVersion()],
    ...runVersions(loaded),
    ['Node', process.version],
  ] as const;
  await writeWhole(
    output,
    renderReport({
      ...composed.data,
      ...(loaded.windows && { windows: windowsData(loaded.windows, run, cv) }),
      ...(diagnostics && { diagnostics }),
      ...(natural && { units: { energy: 'natural units', time: 'thousand time units' } }),
      settings: [runSettings(loaded, options)],
      date: new Date().toISOString().slice(0, 10),
      versions,
    }),
  );
  const { answer } = composed;
  const combined = combinedAnswers(loaded, answer, cv);
  terminal.json({
    output,
    deltaF: answer?.deltaFs[0] ?? null,
    transitions: answer?.transitions ?? null,
    ...(combined && { combined }),
  });
  for (const line of answer ? answerLines(answer, run, energyWords(run, natural)) : []) terminal.note(line);
  for (const line of answer ? answerWarnings(answer, run) : []) terminal.warn(line);
  for (const line of combined ? combinedLines(combined, energyWords(run, natural)) : []) terminal.note(line);
  if (!isDetermined(answer, combined)) process.exitCode = exitCodes.notDetermined;
  terminal.note(`wrote ${output}`);
}

/** Bins of the histograms of windows. */
const windowBins = 200;

/** What the page shows of windows. */
function windowsData(
  { windows, states, overlap, warnings }: WindowsAnalysis,
  { values, sample, dataset, period, notes }: SampledRun,
  cv: string,
): WindowsData {
  const all = values(cv);
  let [least, most] = [Infinity, -Infinity];
  for (const value of all) [least, most] = [Math.min(least, value), Math.max(most, value)];
  const [lower, upper] = period(cv) ?? [least, most];
  const scale = upper > lower ? windowBins / (upper - lower) : 0;
  const counts = new Map(windows.map(({ path }) => [path, new Array<number>(windowBins).fill(0)]));
  for (const { start, end, source } of dataset.segments)
    for (let frame = start; frame < end; frame++)
      if (sample.weights[frame] > 0)
        counts.get(source)![
          Math.min(windowBins - 1, Math.max(0, Math.floor((all[frame] - lower) * scale)))
        ]++;
  return {
    windows: windows.map(({ path, analysedFrames, ...window }) => ({
      ...window,
      frames: analysedFrames,
      counts: counts.get(path)!,
    })),
    ...{ lower, upper, states, overlap },
    notes: [...notes, ...warnings],
  };
}

async function diagnosticsOf(
  options: Omit<ReportCommandOptions, 'cv'>,
  terminal: Terminal,
): Promise<Diagnostics | undefined> {
  const { model, training, parts, structure, format, renumber } = options;
  if (training === undefined) {
    if (structure ?? format ?? renumber) throw withoutTraining();
    return undefined;
  }
  if (model === undefined)
    throw new LatentcvError(
      'bad-argument',
      'expected --model with --training: whose CVs are to be diagnosed',
    );
  const { diagnoseModel } = await import('../diagnose.js');
  const files = await expandFiles(training);
  const trajectories = await modelTrajectories(files, { ...trajectoryOptions(options), parts }, terminal);
  return diagnoseModel(model, await loadModel(model), {
    files,
    trajectories,
    reading: { parts, onWarning: (line) => terminal.warn(line) },
  });
}

/** --begin and --end are of the biased run. */
function trajectoryOptions({
  structure,
  format,
  timestep,
  perNanometre,
  salvage,
  renumber,
}: Omit<ReportCommandOptions, 'cv'>): TrajectoryOptions {
  return {
    structure,
    format,
    timestep,
    perNanometre,
    salvage: salvage ? salvage : undefined,
    renumber: renumber ? renumber : undefined,
  };
}

function withoutTraining(): LatentcvError {
  return new LatentcvError(
    'bad-argument',
    'expected --training with --structure, --format or --renumber: which trajectories they are of',
  );
}

async function readModel(path: string) {
  const { metadata } = await loadModel(path);
  if (metadata) return { path, metadata };
  throw new LatentcvError('bad-model', `${path} was written elsewhere and tells nothing of its training`);
}
