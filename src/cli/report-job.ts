import type { Diagnostics } from '../diagnostics/index.js';
import { loadModel } from '../onnx/index.js';
import { composeReport, renderReport } from '../report/index.js';
import { LatentcvError } from '../support/errors.js';
import { writeWhole } from '../support/files.js';
import type { ReportCommandOptions } from './commands/report.js';
import { diagnoseModel } from './diagnose-job.js';
import { answerLines, answerWarnings, energyWords } from './describe-answer.js';
import { exitCodes } from './exit-codes.js';
import { runSettings, runVersions } from './describe-run.js';
import { expandFiles } from './expand-files.js';
import type { LoadedRun } from './sampling.js';
import type { Terminal } from './terminal.js';
import { packageVersion } from '../support/version.js';

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
    ...(reference !== undefined && { expected: { reference } }),
    ...(options.model !== undefined && { model: await readModel(options.model) }),
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
  { model, training, parts }: ReportCommandOptions,
  terminal: Terminal,
): Promise<Diagnostics | undefined> {
  if (training === undefined) return undefined;
  if (model === undefined)
    throw new LatentcvError(
      'bad-argument',
      'expected --model with --training: whose CVs are to be diagnosed',
    );
  return diagnoseModel(model, await loadModel(model), {
    files: await expandFiles(training),
    reading: { ...(parts && { parts }), onWarning: (line) => terminal.warn(line) },
  });
}

async function readModel(path: string) {
  const { metadata } = await loadModel(path);
  if (metadata) return { path, metadata };
  throw new LatentcvError('bad-model', `${path} was written elsewhere and tells nothing of its training`);
}
