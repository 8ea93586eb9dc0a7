import { Command } from 'commander';
import { exitCodesHelp } from './exit-codes.js';
import { packageVersion } from '../support/index.js';

const example = `
A whole job, from frames to a free energy:
  latentcv train COLVAR --columns 'd_*' --plumed plumed.dat -o model.onnx
  latentcv plumed plumed.dat --model model.onnx --bias opes --barrier 40 -o biased.dat
  latentcv run --tpr topol.tpr --plumed biased.dat --folder biased --length 5ns
  latentcv fes biased/COLVAR --cv cv.node-0 --temperature 300

latentcv quickstart does all of it on alanine dipeptide; latentcv setup fetches what it needs, such
as PLUMED. latentcv help TOPIC tells of units, files, methods, clusters and more.
`;

/** The stages of a job, under which the help lists the commands. */
type Stage = 'Learn' | 'Use in PLUMED' | 'Analyse' | 'Set up';

interface Loadable {
  stage: Stage;
  description: string;
  load: () => Promise<Command>;
}

/** The commands in the order of the help. */
const commands: Readonly<Record<string, Loadable>> = {
  train: {
    stage: 'Learn',
    description: 'learn collective variables from trajectories or tables of frames',
    load: async () => (await import('./commands/train.js')).trainCommand(),
  },
  search: {
    stage: 'Learn',
    description: 'compare networks, lags and methods on held-out frames',
    load: async () => (await import('./commands/search.js')).searchCommand(),
  },
  descriptors: {
    stage: 'Learn',
    description: 'list what a definition of descriptors means in a system, or write those of frames',
    load: async () => (await import('./commands/descriptors.js')).descriptorsCommand(),
  },
  composition: {
    stage: 'Learn',
    description: 'add statistics of the elements to a table of compositions',
    load: async () => (await import('./commands/composition.js')).compositionCommand(),
  },
  inspect: {
    stage: 'Learn',
    description: 'tell what is in a model file, and what frames say of its CVs',
    load: async () => (await import('./commands/inspect.js')).inspectCommand(),
  },
  differentiate: {
    stage: 'Learn',
    description: 'add derivatives and metadata to a network exported elsewhere',
    load: async () => (await import('./commands/differentiate/index.js')).differentiateCommand(),
  },
  predict: {
    stage: 'Learn',
    description: 'give the CVs, and properties where the model predicts some, of frames',
    load: async () => (await import('./commands/predict.js')).predictCommand(),
  },
  decode: {
    stage: 'Learn',
    description: 'give the inputs that the CVs of a model stand for',
    load: async () => (await import('./commands/decode.js')).decodeCommand(),
  },
  design: {
    stage: 'Learn',
    description: 'find in the latent of a model what is wanted of its properties',
    load: async () => (await import('./commands/design/index.js')).designCommand(),
  },
  plumed: {
    stage: 'Use in PLUMED',
    description: 'add a learned CV and a bias to a PLUMED input',
    load: async () => (await import('./commands/plumed/index.js')).plumedCommand(),
  },
  plugin: {
    stage: 'Use in PLUMED',
    description: 'print the path of the PLUMED plugin, building it if need be',
    load: async () => (await import('./commands/plugin.js')).pluginCommand(),
  },
  run: {
    stage: 'Use in PLUMED',
    description: 'run GROMACS, LAMMPS or another engine with PLUMED; goes on after a kill',
    load: async () => (await import('./commands/run/index.js')).runCommand(),
  },
  pilot: {
    stage: 'Use in PLUMED',
    description: 'run along each of several CVs for a short while: which crosses most often',
    load: async () => (await import('./commands/pilot/index.js')).pilotCommand(),
  },
  campaign: {
    stage: 'Use in PLUMED',
    description: 'rounds of training, pilots and runs, until free energies agree',
    load: async () => (await import('./commands/campaign/index.js')).campaignCommand(),
  },
  watch: {
    stage: 'Analyse',
    description: 'show a run while it runs: a page on this machine, or text',
    load: async () => (await import('./commands/watch/index.js')).watchCommand(),
  },
  fes: {
    stage: 'Analyse',
    description: 'free energies with errors from the frames of a biased run',
    load: async () => (await import('./commands/fes/index.js')).fesCommand(),
  },
  states: {
    stage: 'Analyse',
    description: 'modes of the frames: populations, ΔF, transitions and a structure of each',
    load: async () => (await import('./commands/states/index.js')).statesCommand(),
  },
  report: {
    stage: 'Analyse',
    description: 'write a self-contained HTML report of a biased run',
    load: async () => (await import('./commands/report/index.js')).reportCommand(),
  },
  quickstart: {
    stage: 'Set up',
    description: 'do a whole job: from a molecule to a free energy along a learned CV',
    load: async () => (await import('./commands/quickstart.js')).quickstartCommand(),
  },
  setup: {
    stage: 'Set up',
    description: 'fetch PLUMED, GROMACS, LAMMPS or other parts, or list them',
    load: async () => (await import('./commands/setup.js')).setupCommand(),
  },
  doctor: {
    stage: 'Set up',
    description: 'look at everything latentcv needs, and say how to mend what is missing',
    load: async () => (await import('./commands/doctor/index.js')).doctorCommand(),
  },
  schema: {
    stage: 'Set up',
    description: 'print the JSON schema of the options of a command, or of all by name',
    load: async () => (await import('./commands/schema.js')).schemaCommand(allCommands, described()),
  },
  completion: {
    stage: 'Set up',
    description: 'print a script by which bash, zsh or fish completes commands, options and files',
    load: async () => (await import('./commands/completion.js')).completionCommand(wholeProgram),
  },
  help: {
    stage: 'Set up',
    description: 'tell of a command, or of a topic such as units, files or methods',
    load: async () => (await import('./commands/help.js')).helpCommand(Object.keys(commands)),
  },
};

/** Commands that tell of the others. */
const telling = ['schema', 'completion', 'help'];

const described = (): string[] => Object.keys(commands).filter((name) => !telling.includes(name));

/** Every command by its name, but for those that tell of them. */
export async function allCommands(): Promise<Map<string, Command>> {
  const others = described().map((name) => [name, commands[name]] as const);
  const made = others.map(
    async ([name, { description, load }]) => [name, (await load()).description(description)] as const,
  );
  return new Map(await Promise.all(made));
}

/** The commands that these words ask for: the first, and with `help` the one that it is to tell of. */
function asked(words: readonly string[]): readonly string[] {
  const [first, second] = words.filter((word) => !word.startsWith('-'));
  return first === 'help' ? [first, second] : [first];
}

/** The command line with all its commands. */
const wholeProgram = (): Promise<Command> => programWith(() => true);

/**
 * The command line for these words; errors are thrown, nothing exits. Only the command that they ask for is loaded, since all
 * of them take a second; of the others name and description are there.
 */
export async function createProgram(words: readonly string[]): Promise<Command> {
  const names = asked(words);
  return programWith((name) => names.includes(name));
}

async function programWith(isLoaded: (name: string) => boolean): Promise<Command> {
  const program = new Command('latentcv')
    .description('Collective variables learned from simulation, usable in any PLUMED run.')
    .version(packageVersion(), '-V, --version', 'print the version; with --json that of every part')
    .helpCommand(false)
    .option('--quiet', 'say nothing but results and errors')
    .option('--notes', 'with --json: say what is being done, on stderr, all the same')
    .option('--verbose', 'on an error, show where it came from')
    .addHelpText('after', example)
    .addHelpText('after', exitCodesHelp);
  for (const [name, { stage, description, load }] of Object.entries(commands)) {
    const command = isLoaded(name) ? await load() : new Command(name);
    program.addCommand(command.description(description).helpGroup(`${stage}:`));
  }
  for (const each of [program, ...program.commands]) {
    each
      .exitOverride()
      .configureHelp({
        showGlobalOptions: each !== program && each.name() !== 'help',
        sortOptions: false,
        optionDescription: (option) => ('inWords' in option ? String(option.inWords) : option.description),
        subcommandTerm: (command) => command.name(),
        argumentDescription: (argument) => argument.description,
        helpWidth: Math.min(Math.max(process.stdout.columns ?? 100, 80), 100),
      })
      .showHelpAfterError(`hint: ${each === program ? 'latentcv' : `latentcv ${each.name()}`} --help`);
  }
  return program;
}
