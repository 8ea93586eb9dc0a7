import type { SampledRun } from '../free-energy/index.js';
import type { TrainedModel } from '../campaign/index.js';
import type { PatchedInput } from '../plumed/index.js';
import type { StageLog } from './stage-log.js';
import type { QuickstartSettings, QuickstartSystem } from './system.js';
import type { GromacsInstall, PlumedInstall } from '../programs/index.js';

/** How the quickstart speaks; the command line shows it. */
export interface QuickstartVoice {
  /** A line of what is being done. */
  note(line: string): void;
  progress(name: string, total: number): { update(done: number, words?: string): void; stop(): void };
}

export interface QuickstartOptions {
  /** Where everything is written. */
  folder: string;
  settings: QuickstartSettings;
  plumed: PlumedInstall;
  /** Needed for the engine `gromacs`. */
  gromacs?: GromacsInstall;
  /** The plugin built for this PLUMED. */
  pluginPath: string;
  /** Seconds that the set-up took, for the summary. */
  setupSeconds?: number;
  voice: QuickstartVoice;
  signal?: AbortSignal;
}

/** Everything the stages share. */
export interface Job extends QuickstartOptions {
  system: QuickstartSystem;
  log: StageLog;
  /** A file in the job's folder. */
  path: (...parts: string[]) => string;
}

/** What the stages gave. */
export interface Results {
  /** Folders of the training runs. */
  frames: string[];
  trained: TrainedModel;
  patched: PatchedInput;
  run: SampledRun;
  colvars: string[];
}
