import { writeFile } from 'node:fs/promises';
import type { SampledRun } from '../free-energy/index.js';
import type { Diagnostics } from '../diagnostics/index.js';
import { loadModel } from '../onnx/index.js';
import { composeReport, renderReport, type ReportData } from '../report/index.js';
import { LatentcvError } from '../support/errors.js';
import type { ReportCommandOptions } from './commands/report.js';
import { diagnoseModel } from './diagnose-job.js';
import { expandFiles } from './expand-files.js';
import type { Terminal } from './terminal.js';
import { packageVersion } from '../support/version.js';

/** Writes the page of a run and tells its numbers. */
export async function writeReport(
  run: SampledRun,
  options: ReportCommandOptions,
  terminal: Terminal,
): Promise<void> {
  const { title, cv, against = [], reference, output } = options;
  const diagnostics = await diagnosticsOf(options, terminal);
  const composed = composeReport({
    title,
    run,
    cv: cv[0],
    against,
    question: options,
    ...(reference !== undefined && { expected: { reference } }),
    ...(options.model !== undefined && { model: await readModel(options.model) }),
  });
  const versions = [
    ['latentcv', packageVersion()],
    ['Node', process.version],
  ] as const;
  await writeFile(
    output,
    renderReport({
      ...composed.data,
      ...(diagnostics && { diagnostics }),
      ...unitsOf(options),
      date: new Date().toISOString().slice(0, 10),
      versions,
    }),
  );
  terminal.json({ output, deltaF: composed.deltaF ?? null, transitions: composed.transitions ?? null });
  terminal.note(`wrote ${output}`);
}

/** A run told by its kT is in natural units. */
function unitsOf({ kt }: ReportCommandOptions): Pick<ReportData, 'units'> {
  return kt === undefined ? {} : { units: { energy: 'natural units', time: 'thousand time units' } };
}

async function diagnosticsOf(
  { model, training }: ReportCommandOptions,
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
    reading: { onWarning: (line) => terminal.warn(line) },
  });
}

async function readModel(path: string) {
  const { metadata } = await loadModel(path);
  if (metadata) return { path, metadata };
  throw new LatentcvError('bad-model', `${path} was written elsewhere and tells nothing of its training`);
}
