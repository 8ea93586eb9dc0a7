import { readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { readSampledRun } from '../free-energy/index.js';
import { biasedRun, type TrainedModel } from '../campaign/index.js';
import { loadModel } from '../onnx/index.js';
import { parsePlumedInput, patchPlumedInput, plumedModel, type PatchedInput } from '../plumed/index.js';
import { problemOfRuns } from '../sampling/index.js';
import { writeWhole, fixed, expectObject } from '../support/index.js';
import type { EpochReport } from '../training/index.js';
import { alanineSystem } from './alanine-system.js';
import type { Job, QuickstartOptions, Results } from './job.js';
import { muellerBrownSystem } from './mueller-brown-system.js';
import { writeQuickstartReport } from './quickstart-report.js';
import type { QuickstartSummary } from './summary.js';
import { StageLog } from './stage-log.js';
import type { QuickstartSystem } from './system.js';
import { trainOnFrames } from './training-frames.js';
import type { RunProgress } from '../programs/index.js';

/** Files and folders of a quickstart. */
const parts = [
  'system',
  'training.dat',
  'training',
  'production',
  'model.onnx',
  'plumed.dat',
  'biased.dat',
  'report.html',
  'summary.json',
];

/**
 * From a molecule to a free energy: training frames, a learned CV, a run biased along it, its free energies and a
 * report. The same call again goes on where it stopped; other settings start the folder over.
 * @throws LatentcvError `bad-argument` where an argument is of another kind or length
 */
export async function runQuickstart(options: QuickstartOptions): Promise<QuickstartSummary> {
  expectObject(options, 'options');
  const { folder, settings, voice, pluginPath } = options;
  const log = new StageLog(folder, { ...settings, pluginPath }, parts);
  if (log.startedOver) voice.note(`${folder} held a quickstart with other settings: starting over`);
  voice.note('1/5 preparing the system');
  const system = await log.stage('system', () => buildSystem(options));
  const path = (...names: string[]): string => join(folder, ...names);
  const job: Job = { ...options, system, log, path };
  const frames = await log.stage('training frames', () => sampleTraining(job));
  const trained = await log.stage('training', () => trainModel(job, frames));
  const patched = await addCv(job);
  const colvars = await log.stage('biased run', () => sampleBiased(job, patched));
  voice.note('5/5 free energies and report');
  const summary = await log.stage('analysis', () => analyse(job, { frames, trained, patched, colvars }));
  const complete = { ...summary, jobSeconds: log.seconds };
  await writeWhole(path('summary.json'), JSON.stringify(complete, undefined, 2) + '\n');
  return complete;
}

function buildSystem({ folder, settings, gromacs, signal }: QuickstartOptions): Promise<QuickstartSystem> {
  if (settings.engine === 'pesmd' || !gromacs) return Promise.resolve(muellerBrownSystem(folder, settings));
  return alanineSystem({ gromacs, folder, settings, signal });
}

/** Returns the folders of the runs. */
async function sampleTraining(job: Job): Promise<string[]> {
  const { system, voice, plumed, signal } = job;
  voice.note(`2/5 training frames: ${system.training.note}`);
  const { engine, frames } = system.training;
  const plumedInput = frames.kind === 'colvar' && { input: frames.input };
  if (plumedInput) await writeWhole(job.path('training.dat'), plumedInput.input);
  const run = { engine, plumed, folder: job.path('training'), ...plumedInput, signal };
  const { folders } = await watched(job, 'training frames', (onProgress) =>
    biasedRun({ ...run, onProgress }),
  );
  return folders;
}

async function trainModel(job: Job, folders: string[]): Promise<TrainedModel> {
  const { system, voice, signal } = job;
  const { frames, options } = system.training;
  voice.note('3/5 training');
  let progress: ReturnType<typeof voice.progress> | undefined;
  const onEpoch = ({ epoch, epochs, train, validation }: EpochReport): void => {
    progress ??= voice.progress('training', epochs);
    progress.update(epoch, `loss ${fixed(train, 3)}, validation ${fixed(validation, 3)}`);
  };
  return trainOnFrames(frames, folders, {
    output: job.path('model.onnx'),
    training: options,
    hooks: { onEpoch, signal },
  }).finally(() => progress?.stop());
}

/** The user's plumed.dat gains the CV, a bias along its slowest component and a PRINT. */
async function addCv(job: Job): Promise<PatchedInput> {
  const { system, pluginPath } = job;
  const { input, barrier, pace, stride, kT } = system.production;
  const [plumedPath, biasedPath, modelPath] = ['plumed.dat', 'biased.dat', 'model.onnx'].map((name) =>
    job.path(name),
  );
  await writeWhole(plumedPath, input);
  const patched = patchPlumedInput(parsePlumedInput(await readFile(plumedPath, 'utf8'), plumedPath), {
    model: plumedModel(modelPath, await loadModel(modelPath)),
    modelPath: resolve(modelPath),
    pluginPath,
    bias: {
      kind: 'opes',
      barrier,
      pace,
      sigma: 'adaptive',
      components: ['node-0'],
      kT,
    },
    print: { stride, also: system.against, file: 'COLVAR_biased' },
  });
  await writeWhole(biasedPath, patched.text);
  return patched;
}

async function sampleBiased(job: Job, patched: PatchedInput): Promise<string[]> {
  const { system, voice, plumed, settings, signal } = job;
  const unit = settings.engine === 'gromacs' ? 'ns' : 'thousand time units';
  voice.note(`4/5 biased run: ${settings.replicas} × ${settings.length} ${unit}`);
  const { folders } = await watched(job, 'biased run', (onProgress) =>
    biasedRun({
      engine: system.production.engine,
      input: patched.text,
      plumed,
      folder: job.path('production'),
      onProgress,
      signal,
    }),
  );
  return folders.map((folder) => join(folder, patched.colvar));
}

async function analyse(job: Job, results: Omit<Results, 'run'>): Promise<QuickstartSummary> {
  const { system } = job;
  const run = await readSampledRun(results.colvars, {
    columns: [results.patched.components[0], ...system.against],
    question: system.question,
    temperature: system.production.temperature,
    problem: await problemOfRuns(results.colvars.map((colvar) => dirname(colvar))),
  });
  return writeQuickstartReport(job, { ...results, run });
}

async function watched<T>(
  job: Job,
  name: string,
  work: (onProgress: (p: RunProgress) => void) => Promise<T>,
): Promise<T> {
  const progress = job.voice.progress(name, 1000);
  try {
    return await work(({ step, steps }) => progress.update(Math.round((1000 * step) / steps)));
  } finally {
    progress.stop();
  }
}
