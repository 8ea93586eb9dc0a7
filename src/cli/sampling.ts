import { readSampledRun, type SampledRun } from '../free-energy/index.js';
import type { FileConditions } from '../sampling/index.js';
import { LatentcvError } from '../support/errors.js';
import { madeFrames } from './conditions.js';
import type { SamplingOptions } from './sampling-options.js';
import type { Terminal } from './terminal.js';

/** A run that was read, with how its frames were made. */
export interface LoadedRun extends SampledRun {
  /** Whether energies are in natural units, not in kJ/mol. */
  natural: boolean;
  files: readonly FileConditions[];
}

/**
 * Reads tables (files, what fits patterns, folders of runs) and weighs their frames by the bias, as the options of `fes`
 * and `report` say.
 */
export async function loadSampling(
  names: readonly string[],
  columns: readonly string[],
  options: SamplingOptions,
  terminal: Terminal,
): Promise<LoadedRun> {
  const { discard, replicas, begin, end } = options;
  const { paths, files, common, choose } = await madeFrames(names, wantedColumns(columns, options), options, {
    terminal,
  });
  const { temperature, units } = common;
  if (temperature === undefined) throw noTemperature();
  const run = await readSampledRun(paths, {
    columns,
    question: options,
    temperature,
    biasColumns: choose,
    energyUnit: units.energy,
    timeUnit: units.time,
    ...(discard !== undefined && { discard }),
    ...(replicas && { replicas }),
    ...(begin !== undefined && { begin }),
    ...(end !== undefined && { end }),
    onWarning: (line) => terminal.warn(line),
    onNote: (line) => terminal.note(line),
  });
  return { ...run, files, natural: units.natural || options.kt !== undefined };
}

function wantedColumns(columns: readonly string[], { basin, basinA, cores }: SamplingOptions): string[] {
  const asked = [basin?.column, basinA?.column, cores?.column].filter((column) => column !== undefined);
  return [...columns, ...asked];
}

function noTemperature(): LatentcvError {
  return new LatentcvError(
    'bad-argument',
    'expected --temperature (K), or --kt for natural units, but found neither',
    "a run's folder made by latentcv run tells it",
  );
}
