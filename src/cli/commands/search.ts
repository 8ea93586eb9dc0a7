import { Command } from 'commander';
import { exitCodesHelp } from '../exit-codes.js';
import { terminalFor } from '../terminal.js';
import {
  addTrainingOptions,
  activationOption,
  methodsHelp,
  type TrainingOptions,
  addTrajectoryOptions,
  type TrajectoryOptions,
  addPlumedOption,
  weighingHelp,
  integerRange,
  layerLists,
  methodList,
  positiveDurations,
  positiveInteger,
} from '../options/index.js';

const help = `
Example:
  latentcv search COLVAR --args 'd_*' --latent 1..4 --layers '32;64,32;128,64' --lag 5ps,10ps --folds 5
  latentcv search traj.xtc --structure conf.gro --descriptors 'distances heavy' --latent 1,2

Trains every combination and prints a table, best VAMP-2 score first; writes no model. The loss is comparable only
within one method, one number of CVs and one lag; the score (0 to the number of CVs) only within one lag.
`;

/** The options of `latentcv search`: lists where \`train\` has one value. */
export interface SearchCommandOptions extends TrainingOptions, TrajectoryOptions {
  method?: string[];
  latent?: number[];
  layers?: number[][];
  lag?: number[];
  folds: number;
}

/** `latentcv search`: which network, lag and method do well on held-out frames. */
export function searchCommand(): Command {
  const command = new Command('search')
    .description('compare networks, lags and methods on held-out frames')
    .argument(
      '<file...>',
      'trajectories (XTC, TRR, DCD, …) or tables (COLVAR, CSV, NPY, HDF5), or patterns; each is a run of its own',
    )
    .option('--method <methods>', 'with commas between them (default: auto)', methodList)
    .option('--latent <counts>', 'numbers of CVs, such as 1..4 or 1,2 (default: 2)', integerRange)
    .option('--layers <lists>', "hidden layers, such as '32;64,32' (default: 64,32)", layerLists)
    .addOption(activationOption())
    .option('--lag <times>', 'lag times, such as 5ps,10ps (default: 10ps)', positiveDurations)
    .option('--folds <count>', 'cross-validate in so many folds', positiveInteger, 1);
  return addPlumedOption(addTrajectoryOptions(addTrainingOptions(command)))
    .option('--json', 'the table for scripts')
    .addHelpText('after', weighingHelp)
    .addHelpText('after', methodsHelp())
    .addHelpText('after', help)
    .addHelpText('after', exitCodesHelp)
    .action(async (files: string[], options: SearchCommandOptions, command: Command) => {
      const { searchNetworks } = await import('../search-job.js');
      await searchNetworks(files, options, terminalFor(command));
    });
}
