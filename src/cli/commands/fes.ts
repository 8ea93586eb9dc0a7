import { writeFile } from 'node:fs/promises';
import { Command, Option } from 'commander';
import {
  deltaFOf,
  transitionsOf,
  type FreeEnergyProfile,
  type FreeEnergySurface,
  type SampledRun,
} from '../../free-energy/index.js';
import { LatentcvError } from '../../support/errors.js';
import { exitCodesHelp } from '../exit-codes.js';
import { profileTable, surfaceTable } from '../fes-table.js';
import { loadSampling } from '../sampling.js';
import { addSamplingOptions, type SamplingOptions } from '../sampling-options.js';
import { terminalFor, type Terminal } from '../terminal.js';
import { labels, positiveInteger } from '../values.js';

const help = `
Frames are weighed by exp(bias/kT); errors come from blocks of frames. Energies are in kJ/mol, with --kt
in its units.

Example:
  latentcv fes COLVAR --cv phi --temperature 300 -o fes.dat
  latentcv fes COLVAR --cv phi,psi --temperature 300 --basin phi=0..2.3 --json
  latentcv fes run*/COLVAR --cv cv.node-0 --temperature 300 --cores phi=-2.8..-0.6,0.5..1.7
`;

interface FesOptions extends SamplingOptions {
  cv: string[];
  output?: string;
  method: 'kde' | 'histogram';
  points?: number;
}

/** `latentcv fes`: free energies from a biased run. */
export function fesCommand(): Command {
  const method = new Option('--method <method>', 'Gaussian kernels, or bins');
  const command = new Command('fes')
    .description('free energies with errors from the frames of a biased run')
    .argument('<colvar...>', 'COLVAR files: parts or replicas of the run')
    .requiredOption('--cv <columns>', 'one or two columns', labels)
    .option('-o, --output <file>', 'where to write the table (default: the screen)')
    .addOption(method.choices(['kde', 'histogram']).default('kde'))
    .option('--points <count>', 'points of the grid along each axis', positiveInteger);
  return addSamplingOptions(command)
    .option('--json', 'everything, for scripts')
    .addHelpText('after', help)
    .addHelpText('after', exitCodesHelp)
    .action(async (files: string[], options: FesOptions, self: Command) => {
      const terminal = terminalFor(self);
      const sampling = await loadSampling(files, options.cv, options, terminal);
      await tell(sampling, options, terminal);
    });
}

async function tell(sampling: SampledRun, options: FesOptions, terminal: Terminal): Promise<void> {
  const { energies, table } = await estimate(sampling, options);
  const difference = deltaFOf(sampling, options);
  const transitions = transitionsOf(sampling, options);
  if (options.output !== undefined) await writeFile(options.output, table);
  else terminal.print(table.trimEnd());
  const { dataset, sample, biasColumn } = sampling;
  terminal.json({
    cv: options.cv,
    bias: biasColumn ?? null,
    frames: dataset.frames,
    effectiveFrames: sample.effectiveSize,
    temperature: sample.temperature,
    freeEnergy: energies,
    deltaF: difference ?? null,
    transitions: transitions ?? null,
  });
  terminal.note(`${dataset.frames} frames, worth ${sample.effectiveSize.toFixed(0)} unweighted ones`);
  if (difference) terminal.note(`ΔF(B − A) = ${inWords(difference, options)}`);
  for (const warning of difference?.warnings ?? []) terminal.warn(warning);
  if (transitions) terminal.note(`${transitions.count} transitions`);
  if (options.output !== undefined) terminal.note(`wrote ${options.output}`);
}

/** `9.07 ± 0.23 kJ/mol`; in natural units no unit, and as many decimals as kT deserves. */
function inWords({ value, error }: { value: number; error: number }, { kt }: FesOptions): string {
  const decimals = kt === undefined ? 2 : Math.max(2, 2 - Math.floor(Math.log10(kt)));
  return `${value.toFixed(decimals)} ± ${error.toFixed(decimals)}${kt === undefined ? ' kJ/mol' : ''}`;
}

interface Estimate {
  energies: FreeEnergyProfile | FreeEnergySurface;
  table: string;
}

async function estimate({ values, period, sample }: SampledRun, options: FesOptions): Promise<Estimate> {
  const { freeEnergyProfile, freeEnergySurface } = await import('../../free-energy/index.js');
  const { method, points, blocks, cv } = options;
  const common = { method, ...(blocks !== undefined && { blocks }) };
  const axis = (column: string) => {
    const domain = period(column);
    return { ...(domain && { period: domain }), ...(points !== undefined && { points }) };
  };
  const [x, y, ...more] = cv;
  if (more.length > 0) {
    throw new LatentcvError(
      'bad-argument',
      `expected one or two columns for --cv but received ${cv.join(',')}`,
    );
  }
  const header = {
    labels: cv,
    periods: cv.map(period),
    ...(options.kt === undefined && { temperature: sample.temperature }),
    units: { energy: options.kt === undefined ? 'kJ/mol' : 'reduced' },
  };
  if (y === undefined) {
    const profile = freeEnergyProfile(values(x), sample, { ...common, ...axis(x) });
    return { energies: profile, table: profileTable(profile, header) };
  }
  const surface = freeEnergySurface(values(x), values(y), sample, { ...common, x: axis(x), y: axis(y) });
  return { energies: surface, table: surfaceTable(surface, header) };
}
