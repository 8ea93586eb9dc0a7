import { findTransitions, framesWithin } from '../sampling/index.js';
import { diagnose } from '../diagnostics/index.js';
import { onnxRuntimeVersion } from '../runtimes/index.js';
import { loadModel } from '../onnx/index.js';
import {
  composeReport,
  judge,
  renderReport,
  trainingSettings,
  type ReportData,
  type SettingsGroup,
  type TrainingRun,
} from '../report/index.js';
import { writeWhole, packageVersion } from '../support/index.js';
import { commandsOf } from './commands.js';
import type { Job, Results } from './job.js';
import { summarise, type QuickstartSummary } from './summary.js';
import { judgedFrames } from './training-frames.js';

/** Writes `report.html`. Returns the numbers. */
export async function writeQuickstartReport(job: Job, results: Results): Promise<QuickstartSummary> {
  const { system } = job;
  const { patched, run } = results;
  const model = job.path('model.onnx');
  const { metadata, graph } = await loadModel(model);
  const { data, answer } = composeReport({
    title: system.title,
    run,
    cv: patched.components[0],
    against: system.against,
    question: system.question,
    expected: system.expected,
    model: { path: model, metadata: metadata! },
  });
  const frames = await trainingFrames(job, results);
  const commands = commandsOf(job, results);
  const page: ReportData = {
    ...data,
    ...system.figures,
    summary: system.summary,
    date: new Date().toISOString().slice(0, 10),
    frames: frames.figure,
    diagnostics: await diagnose(graph!, results.trained.dataset, {
      cvs: metadata!.outputs.map(({ name }) => name),
      lag: results.trained.encoder.record.settings.lag,
      judgedOn: 'training',
    }),
    trainingRuns: [frames.run],
    trainingNote: system.training.note,
    settings: settingsOf(job, results),
    versions: versionsOf(job),
    commands,
  };
  await writeWhole(job.path('report.html'), renderReport(page));
  return summarise(job, run, answer!, judge(data.result!, system.figures.units), commands);
}

/** The CV of the training frames beside what a chemist knows, and how often they crossed. */
async function trainingFrames(
  job: Job,
  { trained: { encoder }, frames: folders }: Results,
): Promise<{ figure: NonNullable<ReportData['frames']>; run: TrainingRun }> {
  const { system } = job;
  const { columns, time, segments } = await judgedFrames(system.training.frames, folders, system.against);
  const [x, y] = columns;
  const column = (label: string): Float64Array => columns[system.against.indexOf(label)];
  const frames = time.length;
  const k = encoder.outputs.min.length;
  const cv = Float64Array.from({ length: frames }, (_, frame) => encoder.cv[frame * k]);
  const { basins, cores, every } = system.question;
  const [basin] = basins;
  const [a, b] = cores.sets;
  const inB = framesWithin(column(basin.column), basin.interval);
  const crossings = findTransitions(
    column(cores.column),
    time,
    { a, b },
    {
      ranges: segments,
      every,
    },
  ).count;
  const fractionInB = inB.reduce((sum, inside) => sum + inside, 0) / frames;
  return {
    figure: { cv, x, y },
    run: { ...system.training.run, frames, crossings, fractionInB },
  };
}

function settingsOf({ system, settings }: Job, { trained, patched }: Results): SettingsGroup[] {
  const { barrier, pace, stride } = system.production;
  const { record, method } = trained.encoder;
  const training = trainingSettings(record, method, system.figures.units);
  return [
    ...(training ? [training] : []),
    {
      name: 'Biased run',
      rows: [
        ['bias', 'OPES_METAD along node-0'],
        ['barrier', `${barrier} ${system.figures.units?.energy ?? 'kJ/mol'}`],
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
    ...(settings.engine === 'gromacs' && gromacs
      ? [['GROMACS', gromacs.version] satisfies [string, string]]
      : []),
    ['ONNX Runtime', onnxRuntimeVersion()],
  ];
}
