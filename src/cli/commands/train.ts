import { Command, Option } from 'commander';
import { exitCodesHelp } from '../exit-codes.js';
import { terminalFor } from '../terminal.js';
import {
  duration,
  fraction,
  labels,
  numberFromZero,
  positiveDuration,
  positiveInteger,
  positiveIntegers,
  positiveNumber,
  wholeNumber,
} from '../values.js';

const help = `
Example:
  latentcv train COLVAR --args 'd_*' --plumed plumed.dat -o model.onnx
  latentcv train run1/COLVAR run2/COLVAR --args phi,psi --latent 1 --lag 5ps -o model.onnx

With --plumed, the input that wrote the COLVAR files, the model learns which atoms each column is of (plain
DISTANCE, ANGLE, TORSION, COORDINATION with SWITCH, …), and PLUMED can later evaluate it from atoms alone. The same seed and data give the same model.
`;

/** The options of `latentcv train`; times in ps. What is left out takes the library's default. */
export interface TrainCommandOptions {
  output: string;
  args?: string[];
  plumed?: string;
  method: 'auto' | 'vamp-autoencoder' | 'autoencoder';
  latent?: number;
  layers?: number[];
  activation?: 'tanh' | 'sigmoid' | 'relu' | 'elu' | 'softplus' | 'sin';
  lag?: number;
  scaling?: 'common' | 'each';
  spread?: number;
  epochs?: number;
  patience?: number;
  batch?: number;
  learningRate?: number;
  weightDecay?: number;
  restarts?: number;
  ensemble?: number;
  seed?: number;
  threads?: number;
  excludeFirst?: number;
  end?: number;
  stride?: number;
  dropNan?: boolean;
}

/** `latentcv train`: from COLVAR files to a model file. */
export function trainCommand(): Command {
  const method = new Option(
    '--method <method>',
    'auto: with the VAMP-2 term where frames follow one another',
  );
  const activation = new Option('--activation <name>', 'of the hidden layers (default: tanh)');
  const scaling = new Option(
    '--scaling <kind>',
    'one scale for all inputs of a quantity, or one each (default: common)',
  );
  return new Command('train')
    .description('learn collective variables from COLVAR files')
    .argument('<colvar...>', 'COLVAR files, gzip allowed; each is a run of its own')
    .requiredOption('-o, --output <file>', 'the model file to write')
    .option('--args <columns>', "columns to learn from, such as 'd_*' or phi,psi (default: all)", labels)
    .option('--plumed <file>', 'the PLUMED input that wrote the COLVAR files')
    .addOption(method.choices(['auto', 'vamp-autoencoder', 'autoencoder']).default('auto'))
    .option('--latent <count>', 'number of CVs (default: 2)', positiveInteger)
    .option('--layers <widths>', 'hidden layers of the encoder (default: 64,32)', positiveIntegers)
    .addOption(activation.choices(['tanh', 'sigmoid', 'relu', 'elu', 'softplus', 'sin']))
    .option('--lag <time>', 'lag time of the VAMP-2 term (default: 10ps)', positiveDuration)
    .addOption(scaling.choices(['common', 'each']))
    .option(
      '--spread <part>',
      'of the range given out by where frames are (default: 0.333; 0: none)',
      fraction,
    )
    .option('--epochs <count>', 'most epochs (default: 150)', positiveInteger)
    .option('--patience <count>', 'epochs without progress before it stops (default: 40)', positiveInteger)
    .option('--batch <frames>', 'frames in a batch (default: 1024)', positiveInteger)
    .option('--learning-rate <rate>', 'of AdamW (default: 0.001)', positiveNumber)
    .option('--weight-decay <decay>', 'of AdamW (default: 0.001)', numberFromZero)
    .option('--restarts <count>', 'trainings of which the best is kept (default: 1)', positiveInteger)
    .option(
      '--ensemble <members>',
      'train so many from seeds one after the other: the CV is their mean, with an uncertainty',
      positiveInteger,
    )
    .option('--seed <number>', 'seed of weights and batches (default: 1)', wholeNumber)
    .option('--threads <count>', 'threads (default: 1)', positiveInteger)
    .option('--exclude-first <time>', 'leave out frames before this time', duration)
    .option('--end <time>', 'leave out frames after this time', duration)
    .option('--stride <frames>', 'take every so many frames', positiveInteger)
    .option('--drop-nan', 'leave out frames with NaN instead of stopping')
    .option('--json', 'a summary for scripts')
    .addHelpText('after', help)
    .addHelpText('after', exitCodesHelp)
    .action(async (files: string[], options: TrainCommandOptions, command: Command) => {
      const { trainModel } = await import('../train-job.js');
      await trainModel(files, options, terminalFor(command));
    });
}
