import { Command } from 'commander';
import { differentiateCommand } from './commands/differentiate.js';
import { descriptorsCommand } from './commands/descriptors.js';
import { doctorCommand } from './commands/doctor.js';
import { fesCommand } from './commands/fes.js';
import { inspectCommand } from './commands/inspect.js';
import { plumedCommand } from './commands/plumed.js';
import { predictCommand } from './commands/predict.js';
import { pluginCommand } from './commands/plugin.js';
import { quickstartCommand } from './commands/quickstart.js';
import { reportCommand } from './commands/report.js';
import { runCommand } from './commands/run.js';
import { searchCommand } from './commands/search.js';
import { trainCommand } from './commands/train.js';
import { exitCodesHelp } from './exit-codes.js';
import { packageVersion } from '../support/version.js';

const example = `
A whole job, from frames to a free energy:
  latentcv train COLVAR --args 'd_*' --plumed plumed.dat -o model.onnx
  latentcv plumed plumed.dat --model model.onnx --bias opes --barrier 40 -o biased.dat
  latentcv run --tpr topol.tpr --plumed biased.dat --folder biased --length 5ns
  latentcv fes biased/COLVAR --cv cv.node-0 --temperature 300

npm run quickstart (in a checkout), or latentcv quickstart, does all of it on alanine dipeptide.
`;

/** The command line with all its commands; errors are thrown, nothing exits. */
export function createProgram(): Command {
  const program = new Command('latentcv')
    .description('Collective variables learned from simulation, usable in any PLUMED run.')
    .version(packageVersion(), '-V, --version', 'print the version')
    .option('--quiet', 'say nothing but results and errors')
    .option('--verbose', 'on an error, show where it came from')
    .addHelpText('after', example)
    .addHelpText('after', exitCodesHelp);
  const commands = [
    trainCommand(),
    searchCommand(),
    descriptorsCommand(),
    inspectCommand(),
    differentiateCommand(),
    predictCommand(),
    plumedCommand(),
    runCommand(),
    fesCommand(),
    reportCommand(),
    pluginCommand(),
    doctorCommand(),
    quickstartCommand(),
  ];
  for (const command of commands) program.addCommand(command);
  for (const each of [program, ...commands]) {
    each
      .exitOverride()
      .configureHelp({
        showGlobalOptions: each !== program,
        sortOptions: false,
        helpWidth: Math.max(process.stdout.columns ?? 100, 80),
      })
      .showHelpAfterError(`hint: ${each === program ? 'latentcv' : `latentcv ${each.name()}`} --help`);
  }
  return program;
}
