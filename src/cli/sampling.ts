import { readSampledRun, type SampledRun } from '../free-energy/index.js';
import { temperatureOf } from '../sampling/index.js';
import { LatentcvError } from '../support/errors.js';
import { expandFiles } from './expand-files.js';
import type { SamplingOptions } from './sampling-options.js';
import type { Terminal } from './terminal.js';

/** Reads tables (or what fits patterns) and weighs their frames by the bias, as the options of `fes` and `report` say. */
export async function loadSampling(
  files: readonly string[],
  columns: readonly string[],
  options: SamplingOptions,
  terminal: Terminal,
): Promise<SampledRun> {
  const { bias, discard, replicas, begin, end } = options;
  return readSampledRun(await expandFiles(files), {
    columns,
    question: options,
    temperature: temperatureFrom(options),
    discard,
    replicas,
    ...(bias !== undefined && { bias }),
    ...(begin !== undefined && { begin }),
    ...(end !== undefined && { end }),
    onWarning: (line) => terminal.warn(line),
  });
}

function temperatureFrom({ temperature, kt }: SamplingOptions): number {
  if (kt !== undefined) return temperatureOf(kt);
  if (temperature !== undefined) return temperature;
  throw new LatentcvError(
    'bad-argument',
    'expected --temperature (K), or --kt for natural units, but found neither',
  );
}
