import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { inputUnits, type PlumedInput } from '../../plumed/index.js';
import { LatentcvError, invalidArgument } from '../../support/index.js';
import { lastTime } from '../plumed/index.js';
import { ProgressMeter } from '../run-progress.js';
import { runEngine } from '../run-program.js';
import type { Checkpoint } from '../checkpoint.js';
import type { EngineEnd, EngineRun, MdEngine, StartOptions } from './md-engine.js';

export interface CommandEngineOptions {
  /** What a shell runs in the run's folder, where PLUMED's input is `plumed.dat`; `{replica}` is the number of each. */
  command: string;
  /** What it runs instead where the run goes on. */
  restartCommand?: string;
  /** Time of the checkpoint from which `restartCommand` goes on, in ps (natural units: in theirs). */
  restartTime?: number;
  /** ps of an MD step, which only the program knows: for progress and for restarts. */
  timestep?: number;
  /** Length in ps, for progress: the command decides how long it runs. */
  picoseconds?: number;
  /** Independent copies of the run; 1 by default. */
  replicas?: number;
  /** Cores that a replica takes, for how many run at a time; 1 by default. */
  cores?: number;
}

/** All that a command prints. */
const logName = 'command.log';

/** Any other program: started by a command, watched by the table that PLUMED writes, gone on with by another command. */
export function commandEngine(options: CommandEngineOptions): MdEngine {
  const { replicas = 1, cores = 1 } = options;
  let input: PlumedInput | undefined;
  return {
    name: 'command',
    cores,
    expectInput(given) {
      if (!given) throw invalidArgument('a PLUMED input for --command', 'input', 'none');
      input = given;
    },
    runs() {
      expectSettings(options);
      const runs = Array.from({ length: replicas }, (_, i) => commandRun(numbered(options, i), () => input));
      return Promise.resolve(runs);
    },
  };
}

/** @throws LatentcvError `bad-argument` */
function expectSettings({ command, replicas = 1, ...options }: CommandEngineOptions): void {
  if (command.trim() === '') throw invalidArgument('a command', 'command', command);
  for (const name of ['timestep', 'picoseconds', 'restartTime'] as const) {
    const value = options[name];
    const least = name === 'restartTime' ? 0 : Number.MIN_VALUE;
    if (value !== undefined && !(value >= least && Number.isFinite(value)))
      throw invalidArgument('a positive number', name, value);
  }
  for (const name of ['picoseconds', 'restartTime'] as const)
    if (options[name] !== undefined && options.timestep === undefined)
      throw new LatentcvError(
        'bad-argument',
        `expected timestep with ${name} but found none`,
        'only the program knows the length of its MD step: say it, in ps (--timestep 2fs)',
      );
  if (replicas > 1 && !command.includes('{replica}'))
    throw new LatentcvError(
      'bad-argument',
      'expected {replica} in the command of several replicas but found none',
      'without it all of them are the same run: the seed has to differ',
    );
}

function numbered(options: CommandEngineOptions, replica: number): CommandEngineOptions {
  const filled = (text: string): string => text.replaceAll('{replica}', String(replica));
  const { command, restartCommand } = options;
  return {
    ...options,
    command: filled(command),
    ...(restartCommand === undefined ? {} : { restartCommand: filled(restartCommand) }),
  };
}

function commandRun(engine: CommandEngineOptions, input: () => PlumedInput | undefined): EngineRun {
  const { command, picoseconds, timestep } = engine;
  const natural = (): boolean => inputUnits(input()!).natural;
  const steps =
    picoseconds === undefined || timestep === undefined ? undefined : Math.round(picoseconds / timestep);
  return {
    steps,
    timestep,
    inputs: ['command', command],
    get notes() {
      return { engine: { name: 'command' }, ...(input() && natural() ? { natural: true } : {}) };
    },
    canExtend: false,
    ownFiles: /^command\.log$/,
    // where it can be gone on with, PLUMED's files are kept ready for it
    checkpointFiles: engine.restartCommand === undefined ? undefined : /^$/,
    expectSaid: (folder) => void checkpointsOf(engine, folder),
    checkpoints: (folder) => Promise.resolve(checkpointsOf(engine, folder)),
    start: (options) => startCommand(engine, { steps, table: tableOf(input()) }, options),
  };
}

/**
 * Only who wrote the command knows whether the program left something to go on from, and of which time.
 * @throws LatentcvError `bad-argument` where it is not said
 */
function checkpointsOf(
  { restartCommand, restartTime, timestep }: CommandEngineOptions,
  folder: string,
): Checkpoint[] {
  const path = join(folder, logName);
  if (!existsSync(path) || restartCommand === undefined) return [];
  if (restartTime !== undefined && timestep !== undefined)
    return [{ step: Math.round(restartTime / timestep), path }];
  throw new LatentcvError(
    'bad-argument',
    `expected the time of the checkpoint that ${JSON.stringify(restartCommand)} goes on from but found none`,
    'latentcv run cannot see it: look it up in what the program left, and say --restart-time and --timestep; --from-zero starts over',
  );
}

/** The first table that PLUMED prints, and ps per unit of its times. */
function tableOf(input: PlumedInput | undefined): { file: string; time: number } | undefined {
  const print = input?.all.find(({ action, keywords }) => action === 'PRINT' && keywords.has('FILE'));
  const file = print?.keywords.get('FILE');
  return input === undefined || file === undefined ? undefined : { file, time: inputUnits(input).time };
}

/** What is known of a run besides its command. */
interface Known {
  steps: number | undefined;
  table: { file: string; time: number } | undefined;
}

const betweenLooks = 2000;

async function startCommand(
  engine: CommandEngineOptions,
  { steps, table }: Known,
  { cwd, from, plumed, onProgress, onProcess, signal }: StartOptions,
): Promise<EngineEnd> {
  const step = async (): Promise<number | undefined> => {
    const time = table && (await lastTime(join(cwd, table.file)));
    return time === undefined || engine.timestep === undefined
      ? undefined
      : Math.round((time * table!.time) / engine.timestep);
  };
  const meter = steps === undefined ? undefined : new ProgressMeter(steps, from?.step ?? 0, onProgress);
  const look = async (): Promise<void> => {
    const at = await step();
    if (at !== undefined) meter?.report(at);
  };
  const timer = setInterval(() => void look().catch(() => undefined), betweenLooks);
  try {
    await runEngine({
      command: 'sh',
      args: ['-c', from ? engine.restartCommand! : engine.command],
      cwd,
      // no LD_LIBRARY_PATH of ours: the program has its own libraries
      env: { PLUMED_KERNEL: plumed.kernel },
      logPath: join(cwd, logName),
      append: from !== undefined,
      onProcess,
      signal,
    });
  } finally {
    clearInterval(timer);
  }
  await look();
  return { step: await step() };
}
