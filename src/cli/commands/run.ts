import { Command, Option } from 'commander';
import { exitCodesHelp } from '../exit-codes.js';
import { terminalFor } from '../terminal.js';
import { positiveDuration, positiveInteger, positiveIntegers } from '../options/index.js';

const help = `
Example:
  latentcv run --tpr topol.tpr --plumed biased.dat --folder run --length 5ns
  latentcv run --tpr a.tpr b.tpr --plumed biased.dat --folder replicas
  latentcv run --engine pesmd --pesmd pesmd.in --plumed biased.dat --folder run

Files that the PLUMED input reads by a relative name (MOLINFO's structure, …), beside it or in the current folder, are
copied into the run's folder, those behind .. under a name of their own, which is told. A folder that holds another
plumed.dat is refused.
A run that was stopped goes on where it was when the same command is given again.
`;

export interface RunCommandOptions {
  engine: 'gromacs' | 'pesmd';
  tpr?: string[];
  pesmd?: string;
  plumed?: string;
  folder: string;
  length?: number;
  threads?: number;
  parallel?: number;
  seeds: number[];
  trustEnergy?: boolean;
}

/** `latentcv run`: a simulation, watched. */
export function runCommand(): Command {
  const engine = new Option('--engine <engine>', 'what moves the atoms');
  return new Command('run')
    .description('run GROMACS or pesmd, with a PLUMED input')
    .addOption(engine.choices(['gromacs', 'pesmd']).default('gromacs'))
    .option('--tpr <files...>', "GROMACS's run input, one for each replica")
    .option('--pesmd <file>', "pesmd's input")
    .option('--seeds <numbers>', 'pesmd: a seed for each replica', positiveIntegers, [1])
    .option(
      '--plumed <file>',
      'the PLUMED input, such as latentcv plumed writes; GROMACS runs plainly without one',
    )
    .requiredOption('--folder <folder>', 'where the run is to write; made if missing')
    .option('--length <time>', 'how long (default: as the run input says)', positiveDuration)
    .option('--threads <count>', 'threads of each GROMACS (default: 1)', positiveInteger)
    .option('--parallel <count>', 'replicas at a time (default: as many as there are cores)', positiveInteger)
    .option(
      '--trust-energy',
      'run an input with ENERGY in a GROMACS of 2024 to 2026: one with a patch that mends it',
    )
    .option('--json', 'what came out, for scripts')
    .addHelpText('after', help)
    .addHelpText('after', exitCodesHelp)
    .action(async (options: RunCommandOptions, command: Command) => {
      const { runSimulation } = await import('../run-job.js');
      await runSimulation(options, terminalFor(command));
    });
}
