import { writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { findTransitions, framesWithin, type SampledRun } from '../analysis/index.js';
import type { TrainedModel } from '../campaign/index.js';
import { onnxRuntimeVersion } from '../engines/index.js';
import { readColvar } from '../frames/index.js';
import { loadModel } from '../onnx/index.js';
import type { PatchedInput } from '../plumed/index.js';
import { composeReport, renderReport, type CommandBlock, type ReportData, type SettingsGroup, type TrainingRun } from '../report/index.js';
import { packageVersion } from '../support/version.js';
import type { Job } from './run-quickstart.js';

/** What `summary.json` says; energies in kJ/mol (in pesmd in units of kT), unrounded. */
export interface QuickstartSummary {
  engine: 'gromacs' | 'pesmd';
  /** Biased sampling of all replicas together; null in pesmd, whose time has no such unit. */
  nanoseconds: number | null;
  replicas: number;
  deltaF: number;
  deltaFError: number;
  referenceDeltaF: number;
  transitions: number;
  /** How many were wanted of this much sampling. */
  wantedTransitions: number;
  /** Whether ΔF is as near to the reference, and transitions as many, as wanted. */
  asExpected: boolean;
  setupSeconds: number | null;
  jobSeconds: number;
  seed: number;
  report: string;
  model: string;
  warnings: string[];
}

/** What the stages gave. */
export interface Results {
  /** Folders of the training runs. */
  frames: string[];
  trained: TrainedModel;
  patched: PatchedInput;
  run: SampledRun;
  colvars: string[];
}

/** Writes `report.html` and `summary.json`. */
export async function writeQuickstartReport(job: Job, results: Results): Promise<QuickstartSummary> {
  const { system } = job;
  const { patched, run } = results;
  const model = job.path('model.onnx');
  const { metadata } = await loadModel(model);
  const { data, deltaF, transitions } = composeReport({
    title: system.title,
    run,
    cv: patched.components[0],
    against: system.against,
    question: system.question,
    expected: system.expected,
    model: { path: model, metadata: metadata! },
  });
  const frames = await trainingFrames(job, results);
  const summary = summarise(job, run, deltaF?.value ?? NaN, deltaF?.error ?? NaN, transitions ?? 0, deltaF?.warnings ?? []);
  const page: ReportData = {
    ...data,
    ...system.figures,
    summary: system.summary,
    date: new Date().toISOString().slice(0, 10),
    frames: frames.figure,
    trainingRuns: [frames.run],
    trainingNote: system.training.note,
    settings: settingsOf(job, results),
    versions: versionsOf(job),
    commands: commandsOf(job, results),
  };
  await writeFile(job.path('report.html'), renderReport(page));
  await writeFile(job.path('summary.json'), JSON.stringify(summary, undefined, 2) + '\n');
  return summary;
}

function summarise(
  { settings, system, log, setupSeconds, path }: Job,
  { dataset }: SampledRun,
  deltaF: number,
  deltaFError: number,
  transitions: number,
  warnings: string[],
): QuickstartSummary {
  const { reference, tolerance = 1.5, wantedTransitions } = system.expected;
  const picoseconds = dataset.segments.reduce((sum, { start, end }) => sum + dataset.time[end - 1] - dataset.time[start], 0);
  return {
    engine: settings.engine,
    nanoseconds: settings.engine === 'gromacs' ? picoseconds / 1000 : null,
    replicas: settings.replicas,
    deltaF,
    deltaFError,
    referenceDeltaF: reference,
    transitions,
    wantedTransitions,
    asExpected: Math.abs(deltaF - reference) <= tolerance && transitions >= wantedTransitions,
    setupSeconds: setupSeconds ?? null,
    jobSeconds: log.seconds,
    seed: settings.seed,
    report: path('report.html'),
    model: path('model.onnx'),
    warnings,
  };
}

/** The CV of the training frames beside what a chemist knows, and how often they crossed. */
async function trainingFrames(
  job: Job,
  { trained: { encoder }, frames: folders }: Results,
): Promise<{ figure: NonNullable<ReportData['frames']>; run: TrainingRun }> {
  const { system } = job;
  const [x, y] = system.against;
  const files = folders.map((folder) => join(folder, 'COLVAR'));
  const { data, frames, time, columns, segments } = await readColvar(files, { columns: [x, y] });
  const column = (label: string): Float64Array => {
    const index = columns.findIndex((c) => c.label === label);
    return Float64Array.from({ length: frames }, (_, frame) => data[2 * frame + index]);
  };
  const k = encoder.outputs.min.length;
  const cv = Float64Array.from({ length: frames }, (_, frame) => encoder.cv[frame * k]);
  const { basin, cores, every } = system.question;
  const inB = framesWithin(column(basin!.column), basin!.interval);
  const crossings = findTransitions(column(cores!.column), time, cores!, { ranges: segments, ...(every !== undefined && { every }) }).count;
  const fractionInB = inB.reduce((sum, inside) => sum + inside, 0) / frames;
  return { figure: { cv, x: column(x), y: column(y) }, run: { ...system.training.run, frames, crossings, fractionInB } };
}

function settingsOf({ system, settings }: Job, { trained, patched }: Results): SettingsGroup[] {
  const { barrier, pace, stride } = system.production;
  const training = Object.entries(trained.encoder.record.settings).map(([name, value]) => [name, String(value)] as const);
  return [
    { name: 'Training', rows: training },
    {
      name: 'Biased run',
      rows: [
        ['bias', 'OPES_METAD along node-0'],
        ['barrier', `${barrier} kJ/mol`],
        ['pace', `${pace} steps`],
        ['frames', `every ${stride} steps`],
        ['replicas', `${settings.replicas}, each with its own bias`],
        ['left out', 'the first fifth of each replica'],
        ['CV from', patched.mode === 'atoms' ? 'atoms, inside the action' : "the input's labels"],
      ],
    },
  ];
}

function versionsOf({ plumed, gromacs, settings }: Job): [string, string][] {
  return [
    ['latentcv', packageVersion()],
    ['Node', process.version],
    ['PLUMED', plumed.version.join('.')],
    ...(settings.engine === 'gromacs' && gromacs ? [['GROMACS', gromacs.version] satisfies [string, string]] : []),
    ['ONNX Runtime', onnxRuntimeVersion()],
  ];
}

/** Every step as typed by hand, from the folder in which the quickstart was started. */
function commandsOf(job: Job, { patched, colvars: files, frames }: Results): CommandBlock[] {
  const { system, settings } = job;
  const here = (path: string): string => relative(process.cwd(), path);
  const shown = (name: string): string => here(job.path(name));
  const colvars = files.map(here);
  const training = frames.map(here);
  const { columns, fromAtoms, options } = system.training;
  const { barrier, pace, stride, biasTemperature } = system.production;
  const [cv] = patched.components;
  const { basin, cores } = system.question;
  const interval = `${basin!.column}=${basin!.interval.join('..')}`;
  const sets = `${cores!.column}=${cores!.a.join('..')},${cores!.b.join('..')}`;
  return [
    ...system.preparation,
    {
      caption: 'Training frames',
      command: training.map((folder, i) => system.runCommand(shown('training.dat'), folder, i, 'training')).join('\n'),
    },
    {
      caption: 'A learned CV',
      command:
        `latentcv train ${training.map((folder) => `${folder}/COLVAR`).join(' ')} --args '${columns.join(',')}' ` +
        `--lag ${options.lag}ps --seed ${settings.seed}` +
        (options.hidden ? ` --layers ${options.hidden.join(',')}` : '') +
        (fromAtoms ? ` --plumed ${shown('training.dat')}` : '') +
        ` -o ${shown('model.onnx')}`,
    },
    {
      caption: 'A bias along it',
      command:
        `latentcv plumed ${shown('plumed.dat')} --model ${shown('model.onnx')} --bias opes --barrier ${barrier} --pace ${pace} ` +
        (biasTemperature === undefined ? '' : `--temperature ${biasTemperature} `) +
        `--components node-0 --stride ${stride} --also ${system.against.join(',')} --colvar ${patched.colvar} -o ${shown('biased.dat')}`,
    },
    {
      caption: 'The biased run',
      command: colvars
        .map((file, i) => system.runCommand(shown('biased.dat'), dirname(file), i, 'production'))
        .join('\n'),
    },
    {
      caption: 'Free energies and a page like this one',
      command:
        `latentcv fes ${colvars.join(' ')} --cv ${cv} ${system.temperatureOption} --basin ${interval} --cores=${sets}\n` +
        `latentcv report ${colvars.join(' ')} --cv ${cv} --against ${system.against.join(',')} ${system.temperatureOption} ` +
        `--basin ${interval} --cores=${sets} --model ${shown('model.onnx')} -o report.html`,
    },
  ];
}
