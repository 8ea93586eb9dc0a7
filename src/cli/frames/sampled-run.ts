import { existsSync } from 'node:fs';
import { columnsAsked, readSampledRun, type RunQuestion, type SampledRun } from '../../free-energy/index.js';
import type { FileConditions } from '../../sampling/index.js';
import { filesOfInput, isArgument } from '../../plumed/index.js';
import { LatentcvError, outputPlace } from '../../support/index.js';
import { questionOf, type SamplingOptions } from '../options/index.js';
import { expandFiles } from './expand-files.js';
import type { Terminal } from '../terminal.js';
import { madeFrames } from './made-frames.js';

/** A run with what is asked of it. */
export interface LoadedRun {
  run: SampledRun;
  question: RunQuestion;
  /** Whether its energies are in natural units, not in kJ/mol. */
  natural: boolean;
  files: readonly FileConditions[];
}

/** What is written of a run; never over what is read. */
interface Output {
  output?: string;
  model?: string;
  training?: readonly string[];
}

async function expectOutput(
  output: string,
  paths: readonly string[],
  { plumed, model, training = [] }: SamplingOptions & Output,
): Promise<void> {
  const ofInput = plumed === undefined ? [] : filesOfInput(plumed);
  const named = [...ofInput, ...(model === undefined ? [] : [model])];
  await outputPlace(output, [...paths, ...named, ...(await expandFiles(training))]);
}

/**
 * Reads tables (files, what fits patterns, folders of runs) and weighs their frames by the bias, as the options of `fes`
 * and `report` say.
 */
export async function loadSampling(
  names: readonly string[],
  columns: readonly string[],
  options: SamplingOptions & Output,
  terminal: Terminal,
): Promise<LoadedRun> {
  const { discard, replicas, begin, end, parts } = options;
  expectNoColumns(names, columns);
  const question = questionOf(options);
  const wanted = [...columns, ...columnsAsked(question)];
  const { paths, files, common, choose } = await madeFrames(names, wanted, options, { terminal });
  const { temperature, units } = common;
  if (options.output !== undefined) await expectOutput(options.output, paths, options);
  if (temperature === undefined) throw noTemperature();
  const run = await readSampledRun(paths, {
    columns,
    question,
    temperature,
    biasColumns: choose,
    energyUnit: units.energy,
    timeUnit: units.time,
    discard,
    replicas,
    begin,
    end,
    parts,
    onWarning: (line) => terminal.warn(line),
  });
  for (const note of run.notes) terminal.note(note);
  return { run, question, files, natural: units.natural || options.kT !== undefined };
}

/**
 * `--cv phi psi` leaves psi among the files.
 * @throws LatentcvError `file-not-found`
 */
function expectNoColumns(names: readonly string[], columns: readonly string[]): void {
  const stray = names.slice(1).find((name) => isArgument(name) && !/[/?[]/.test(name) && !existsSync(name));
  if (stray === undefined) return;
  throw new LatentcvError(
    'file-not-found',
    `cannot read ${stray}: there is no such file`,
    `several columns have commas between them: ${[...columns, stray].join(',')}`,
  );
}

function noTemperature(): LatentcvError {
  return new LatentcvError(
    'bad-argument',
    'expected --temperature (K), or --kt for natural units, but found neither',
    "a run's folder made by latentcv run tells it",
  );
}
