import type { Diagnostics } from '../diagnostics/index.js';
import { loadModel } from '../onnx/index.js';
import { composeReport, renderReport } from '../report/index.js';
import { LatentcvError, writeWhole, packageVersion } from '../support/index.js';
import type { ReportCommandOptions } from './commands/index.js';
import { diagnoseModel } from './diagnose-job.js';
import { answerLines, answerWarnings, energyWords, runSettings, runVersions } from './words/index.js';
import { exitCodes } from './exit-codes.js';
import { expandFiles } from './expand-files.js';
import type { LoadedRun } from './sampling.js';
import { modelTrajectories } from './model-trajectories.js';
import type { Terminal } from './terminal.js';
import type { TrajectoryOptions } from './options/index.js';

/** Writes the page of a run and tells its numbers. */
export async function writeReport(
  loaded: LoadedRun,
  options: ReportCommandOptions,
  terminal: Terminal,
): Promise<void> {
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
      ...(diagnostics && { diagnostics }),
      ...(natural && { units: { energy: 'natural units', time: 'thousand time units' } }),
      settings: [runSettings(loaded, options)],
      date: new Date().toISOString().slice(0, 10),
      versions,
    }),
  );
  const { answer } = composed;
  terminal.json({ output, deltaF: answer?.deltaFs[0] ?? null, transitions: answer?.transitions ?? null });
  for (const line of answer ? answerLines(answer, run, energyWords(run, natural)) : []) terminal.note(line);
  for (const line of answer ? answerWarnings(answer, run) : []) terminal.warn(line);
  if (answer?.deltaFs.some(({ error }) => error === null)) process.exitCode = exitCodes.notDetermined;
  terminal.note(`wrote ${output}`);
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
  const files = await expandFiles(training);
  const trajectories = await modelTrajectories(
    files,
    { ...trajectoryOptions(options), parts: options.parts ? true : undefined },
    terminal,
  );
  return diagnoseModel(model, await loadModel(model), {
    files,
    trajectories,
    reading: { parts: parts ? parts : undefined, onWarning: (line) => terminal.warn(line) },
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
