import type { MeasuredTemperature, RunNotes } from '../../sampling/index.js';
import type { PlumedInput } from '../../plumed/index.js';
import { invalidArgument } from '../../support/index.js';
import type { Checkpoint } from '../checkpoint.js';
import type { PlumedRuntime } from '../plumed/index.js';
import type { RunProgress } from '../run-progress.js';

/** A program that runs MD, along a bias or plainly, and the replicas that it is to run. */
export interface MdEngine {
  /** As the notes of a run have it: `gromacs`. */
  readonly name: string;
  /** Cores that one replica takes. */
  readonly cores: number;
  /**
   * Refuses an input that it cannot run; undefined stands for a plain run.
   * @throws LatentcvError `plumed-input`, `bad-argument`
   */
  expectInput(input: PlumedInput | undefined): void;
  /**
   * Its replicas.
   * @throws LatentcvError `bad-argument` for none or two alike, `file-not-found`, `other-kind`, `missing-tool`
   */
  runs(): Promise<EngineRun[]>;
}

/** Of a run, for its notes: natural units are the engine's, whatever the PLUMED input says. */
export type EngineNotes = Pick<RunNotes, 'engine' | 'temperature' | 'seed'> & { natural?: boolean };

/** What a replica is started with. */
export interface StartOptions {
  plumed: PlumedRuntime;
  /** Folder in which it runs and writes. */
  cwd: string;
  /** The PLUMED input, which says RESTART where the run goes on; left out for a plain run. */
  plumedFile?: string;
  /** Where it goes on; from the start where left out. */
  from?: Checkpoint;
  /** Minutes from one checkpoint to the next. */
  checkpointMinutes: number;
  onProgress: (progress: RunProgress) => void;
  /** Told, in a line, what was done that nobody asked for. */
  onNote?: (line: string) => void;
  /** Told of the number of its process. */
  onProcess?: (pid: number) => void;
  /** Stops it, with a checkpoint where it has any. */
  signal: AbortSignal;
}

/** How a replica ended. */
export interface EngineEnd {
  /** MD steps in all; undefined where only the program knows. */
  step: number | undefined;
  nanosecondsPerDay?: number;
  /** By the kinetic energy, where it is done and the engine tells it. */
  kineticTemperature?: MeasuredTemperature | undefined;
}

/** One replica of an engine. */
export interface EngineRun {
  /** MD steps in all; undefined where only the program knows. */
  steps: number | undefined;
  /** ps, or the natural unit of time, of a step; undefined where only the program knows. */
  timestep: number | undefined;
  /** What besides the PLUMED input decides what it computes. */
  inputs: string[];
  /** What it does beside what the PLUMED input says. */
  notes: EngineNotes;
  /** Whether a finished run may be asked to go on. */
  canExtend: boolean;
  /** Names of the files that the engine itself writes into its folder. */
  ownFiles: RegExp;
  /** The names of its checkpoints among them; undefined of an engine that has none. */
  checkpointFiles: RegExp | undefined;
  /** Whether it writes over its checkpoints, so that some before the last are kept for it, in `keptFolder`. */
  keepsCheckpoints?: boolean;
  /**
   * Refuses to go on in a folder without what only the user can say, before anything is done there.
   * @throws LatentcvError `bad-argument`
   */
  expectSaid?: (folder: string) => void;
  /** Asks a run that an earlier start left behind to stop at a checkpoint; by default it gets SIGTERM. */
  askToStop?: (folder: string) => Promise<void>;
  /** Sound checkpoints in a folder, the newest first; none of an engine that has none. */
  checkpoints(folder: string): Promise<Checkpoint[]>;
  /**
   * Runs to the end.
   * @throws LatentcvError `tool-failed` with the engine's words, `interrupted` once it has stopped by the signal
   */
  start(options: StartOptions): Promise<EngineEnd>;
}

/** Folder, in that of a run, of what was there when the engine wrote its last checkpoints, a folder for each. */
export const keptFolder = 'kept-states';

type Made = EngineRun | Promise<EngineRun>;

/**
 * A replica for each value.
 * @param name what the values are, for messages
 * @throws LatentcvError `bad-argument` for none, or two alike: the same seed twice is one run, counted as two
 */
export function runOfEach<T>(
  name: string,
  values: readonly T[],
  run: (value: T) => Made,
): Promise<EngineRun[]> {
  if (values.length === 0) throw invalidArgument('at least one', name, 'none');
  const twice = values.find((value, i) => values.indexOf(value) !== i);
  if (twice !== undefined) throw invalidArgument('a different one for each replica', name, twice);
  return Promise.all(values.map(async (value) => run(value)));
}
