import type { CoreSets } from '../../src/public/free-energy.js';

/** Where a system's inputs and frames are, and whether its runs are short ones. */
export interface SystemPlace {
  /** Made, and empty or of an earlier start. */
  folder: string;
  quick: boolean;
}

/** A free energy that is asked of every run, with what it should be. */
export interface Question {
  /** Where a system has several. */
  name?: string;
  /** Of the printed table; its free energy is what `latentcv fes` tells, in bins where there are few values. */
  column: string;
  bins?: true;
  /** B, and A where that is not all the rest, as `--basin` and `--basin-a` have them. */
  basin: string;
  basinA?: string;
  /** Between which transitions count, seen every so many ps where that is said. */
  cores: CoreSets;
  every?: number;
  /** Narrower ones: what comes back to these was not turned round at the barrier's foot. Absent where none are known. */
  deep?: CoreSets;
  reference: number;
  referenceError: number;
}

/** A system that is there to be learned from and run. */
export interface ReadySystem {
  /** Frames, as `latentcv train` and `inspect` read them. */
  frames: readonly string[];
  /** What of them is learned from, and the lag: words of `latentcv train`. */
  learning: readonly string[];
  /** CVs of methods that give any number. */
  latent: number;
  /** `--labels`: two states, and all of them where there are more. */
  labels: { two: string; all: string };
  /** Column of the frames that is 0 or 1 in two known states, and negative elsewhere. */
  known: string;
  /** The PLUMED input without a CV and a bias, and what of it is printed. */
  input: string;
  also: readonly string[];
  /** Words of `latentcv plumed` and `pilot`: barrier, temperature, stride. */
  bias: readonly string[];
  /** Biases the first CV alone, where several are learned. */
  firstAlone: boolean;
  /** Words of `latentcv run` and `pilot` for runs of these seeds. */
  pilots(seeds: readonly number[]): Promise<readonly string[]>;
  production(seeds: readonly number[]): Promise<readonly string[]>;
  /** The first is what pilots are judged by. */
  questions: readonly Question[];
}

/** A system on which every method is measured: its frames, its budget, and references that no learned CV went into. */
export interface MethodSystem {
  name: string;
  /** Of energies: `kT`, `kJ/mol`, `ε`. */
  unit: string;
  /** What is learned from, how long runs are and where the reference comes from, for people. */
  told(quick: boolean): string;
  /** Makes inputs and frames; again where they are there. */
  prepare(place: SystemPlace): Promise<ReadySystem>;
}
