import { Command, Option } from 'commander';
import { exitCodesHelp } from '../exit-codes.js';
import { terminalFor } from '../terminal.js';
import { positiveInteger, positiveNumber } from '../options/index.js';

const help = `
Example:
  latentcv quickstart
  latentcv quickstart --engine pesmd --folder /tmp/quickstart
  latentcv quickstart --nanoseconds 5 --seed 7

Alanine dipeptide in GROMACS, or, where there is no GROMACS with PLUMED, a particle on the Müller–Brown surface
in PLUMED's own pesmd: training frames, a learned CV, a run biased along it, its free energies and a report.
`;

export interface QuickstartCommandOptions {
  engine: 'auto' | 'gromacs' | 'pesmd';
  folder: string;
  nanoseconds?: number;
  seed?: number;
  replicas?: number;
}

/** `latentcv quickstart`: the main job, from a molecule to a free energy. */
export function quickstartCommand(): Command {
  const engine = new Option('--engine <engine>', 'auto: GROMACS where there is one');
  return new Command('quickstart')
    .description('do a whole job: from a molecule to a free energy along a learned CV')
    .addOption(engine.choices(['auto', 'gromacs', 'pesmd']).default('auto'))
    .option('--folder <folder>', 'where everything is written', 'quickstart')
    .option(
      '--nanoseconds <length>',
      'length of each biased run (default: 10; pesmd: 5 thousand time units)',
      positiveNumber,
    )
    .option('--replicas <count>', 'independent biased runs side by side (default: 2)', positiveInteger)
    .option('--seed <number>', 'seed of everything (default: 1)', positiveInteger)
    .option('--json', 'the summary, for scripts')
    .addHelpText('after', help)
    .addHelpText('after', exitCodesHelp)
    .action(async (options: QuickstartCommandOptions, command: Command) => {
      const { runQuickstart } = await import('../quickstart-job.js');
      await runQuickstart(options, terminalFor(command));
    });
}
