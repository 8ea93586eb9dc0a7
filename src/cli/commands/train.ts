import { Command, Option } from 'commander';
import { methodNames, type MethodName } from '../../models/index.js';
import { exitCodesHelp } from '../exit-codes.js';
import { terminalFor } from '../terminal.js';
import {
  activationOption,
  addTrainingOptions,
  methodsHelp,
  type TrainingOptions,
  addTrajectoryOptions,
  type TrajectoryOptions,
  weighingHelp,
  positiveDuration,
  positiveInteger,
  positiveIntegers,
} from '../options/index.js';

const help = `
Example:
  latentcv train traj.xtc --structure conf.gro --descriptors 'distances heavy' -o model.onnx
  latentcv train COLVAR --args 'd_*' --plumed plumed.dat -o model.onnx
  latentcv train run1/COLVAR run2/COLVAR --args phi,psi --latent 1 --lag 5ps -o model.onnx
  latentcv train COLVAR --args 'd_*' --bias opes.bias --temperature 300 -o model.onnx
  latentcv train COLVAR --args 'd_*' --labels 'A: phi < 0; B: 0 < phi < 2' --method deep-tda --latent 1 -o model.onnx
  latentcv train features.csv --args phi,psi --periodic phi,psi --begin 1ns -o model.onnx

With --plumed, the input that wrote the COLVAR files, the model learns which atoms each column is of (plain
DISTANCE, ANGLE, TORSION, COORDINATION with SWITCH, …), and PLUMED can later evaluate it from atoms alone. The same seed and data give the same model.

What a training has reached is kept in <output>.checkpoint until it is done: after Ctrl-C or a crash, the same command
with --resume goes on from there, to the same model. Where its most epochs ended a training, the checkpoint stays, and
--resume with more --epochs goes on.
`;

/** The options of `latentcv train`. */
export interface TrainCommandOptions extends TrainingOptions, TrajectoryOptions {
  output: string;
  plumed?: string;
  method: 'auto' | MethodName;
  latent?: number;
  layers?: number[];
  lag?: number;
  stream?: boolean;
  resume?: boolean;
  folds?: number;
  ensemble?: number;
  keep?: number;
}

/** `latentcv train`: from trajectories or tables to a model file. */
export function trainCommand(): Command {
  const method = new Option(
    '--method <method>',
    'see below; auto: with the VAMP-2 term where frames follow one another',
  );
  const command = new Command('train')
    .description('learn collective variables from trajectories or tables of frames')
    .argument(
      '<file...>',
      "trajectories (XTC, TRR, DCD, …) or tables (COLVAR, CSV, NPY, HDF5), or patterns such as 'run*/traj.xtc'; each is a run of its own",
    )
    .requiredOption('-o, --output <file>', 'the model file to write')
    .option('--plumed <file>', 'the PLUMED input that wrote the COLVAR files')
    .addOption(method.choices(['auto', ...methodNames]).default('auto'))
    .option('--latent <count>', 'number of CVs (default: 2)', positiveInteger)
    .option('--layers <widths>', 'hidden layers of the encoder (default: 64,32)', positiveIntegers)
    .addOption(activationOption())
    .option('--lag <time>', 'lag time of pairs of frames (default: 10ps)', positiveDuration);
  return addTrajectoryOptions(addTrainingOptions(command))
    .option('--folds <count>', 'also train once for each fold and tell how well that does', positiveInteger)
    .option('--stream', 'leave the frames on disk, however few they are (beyond 1 GiB they are left there)')
    .option(
      '--ensemble <members>',
      'train so many from seeds one after the other: the CV is their mean, with an uncertainty',
      positiveInteger,
    )
    .option(
      '--keep <count>',
      'keep so many inputs: those that move the CVs of a first model on all of them most',
      positiveInteger,
    )
    .option('--resume', 'go on where the same command was stopped, or for more --epochs')
    .option('--json', 'a summary for scripts')
    .addHelpText('after', weighingHelp)
    .addHelpText('after', methodsHelp())
    .addHelpText('after', help)
    .addHelpText('after', exitCodesHelp)
    .action(async (files: string[], options: TrainCommandOptions, command: Command) => {
      const { trainModel } = await import('../train-job.js');
      await trainModel(files, options, terminalFor(command));
    });
}
