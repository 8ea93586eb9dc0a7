import { Command } from 'commander';
import { exitCodesHelp } from './exit-codes.js';
import { packageVersion } from '../support/index.js';

const example = `
A whole job, from frames to a free energy:
  latentcv train COLVAR --args 'd_*' --plumed plumed.dat -o model.onnx
  latentcv plumed plumed.dat --model model.onnx --bias opes --barrier 40 -o biased.dat
  latentcv run --tpr topol.tpr --plumed biased.dat --folder biased --length 5ns
  latentcv fes biased/COLVAR --cv cv.node-0 --temperature 300

npm run quickstart (in a checkout), or latentcv quickstart, does all of it on alanine dipeptide.
`;

/** The commands in the order of the help. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  train: async () => (await import('./commands/train.js')).trainCommand(),
  search: async () => (await import('./commands/search.js')).searchCommand(),
  descriptors: async () => (await import('./commands/descriptors.js')).descriptorsCommand(),
  inspect: async () => (await import('./commands/inspect.js')).inspectCommand(),
  differentiate: async () => (await import('./commands/differentiate/index.js')).differentiateCommand(),
  predict: async () => (await import('./commands/predict.js')).predictCommand(),
  plumed: async () => (await import('./commands/plumed.js')).plumedCommand(),
  run: async () => (await import('./commands/run.js')).runCommand(),
  fes: async () => (await import('./commands/fes/index.js')).fesCommand(),
  report: async () => (await import('./commands/report.js')).reportCommand(),
  plugin: async () => (await import('./commands/plugin.js')).pluginCommand(),
  doctor: async () => (await import('./commands/doctor/index.js')).doctorCommand(),
  quickstart: async () => (await import('./commands/quickstart.js')).quickstartCommand(),
};

/** The names of the commands that have to be there for these words: the one asked for, or all. */
function needed(words: readonly string[]): readonly string[] {
  const [first, second] = words.filter((word) => !word.startsWith('-'));
  const asked = first === 'help' ? second : first;
  return asked !== undefined && Object.hasOwn(commands, asked) ? [asked] : Object.keys(commands);
}

/**
 * The command line for these words; errors are thrown, nothing exits. Of the commands, the one that they ask for is there,
 * since loading all takes a second.
 */
export async function createProgram(words: readonly string[]): Promise<Command> {
  const program = new Command('latentcv')
    .description('Collective variables learned from simulation, usable in any PLUMED run.')
    .version(packageVersion(), '-V, --version', 'print the version')
    .option('--quiet', 'say nothing but results and errors')
    .option('--verbose', 'on an error, show where it came from')
    .addHelpText('after', example)
    .addHelpText('after', exitCodesHelp);
  for (const name of needed(words)) program.addCommand(await commands[name]());
  for (const each of [program, ...program.commands]) {
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
