import { Command } from 'commander';
import { z } from 'zod';
import type { Diagnostics } from '../../diagnostics/index.js';
import type { WindowsAnalysis } from '../../campaign/index.js';
import type { SampledRun } from '../../free-energy/index.js';
import { loadModel } from '../../onnx/index.js';
import type { WindowsData } from '../../report/index.js';
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
`;

const settings = {
  cv: setting(z.array(z.string()), {
    flag: 'cv',
    value: 'column',
    example: 'cv.node-0',
    description: 'column of the learned CV',
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
      const columns = [...options.cv, ...(options.against ?? [])];
      await writeReport(await loadSampling(files, columns, options, terminal), options, terminal);
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

/** Writes the page of a run and tells its numbers. */
async function writeReport(
  loaded: LoadedRun,
  options: ReportCommandOptions,
  terminal: Terminal,
): Promise<void> {
  const { composeReport, renderReport } = await import('../../report/index.js');
  const { run, question, natural } = loaded;
  const { title, cv, against = [], reference, output } = options;
  const diagnostics = await diagnosticsOf(options, terminal);
  const composed = composeReport({
    title,
    run,
    cv: cv[0],
    against,
    question,
    expected: reference === undefined ? undefined : { reference },
    model: options.model === undefined ? undefined : await readModel(options.model),
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
      ...(loaded.windows && { windows: windowsData(loaded.windows, run, cv[0]) }),
      ...(diagnostics && { diagnostics }),
      ...(natural && { units: { energy: 'natural units', time: 'thousand time units' } }),
      settings: [runSettings(loaded, options)],
      date: new Date().toISOString().slice(0, 10),
      versions,
    }),
  );
  const { answer } = composed;
  const combined = combinedAnswers(loaded, answer, cv[0]);
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
  options: ReportCommandOptions,
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
}: ReportCommandOptions): TrajectoryOptions {
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
