/** A run as a campaign wants it. */
export interface WantedRun {
  /** Its own in the campaign: `explore-1.run-0`. */
  name: string;
  /** K, or kT in natural units. */
  temperature: number;
  seed: number;
  /** Runs with seeds of their own, one by default. */
  replicas?: number;
  /** ps, or time units of pesmd. */
  length: number;
}

/** What is wrong with, or was changed in, what an engine is given. */
export interface EngineInputs {
  /** `GROMACS`, … */
  name: string;
  /** Cores that a run takes. */
  cores: number;
  /** Whether its runs can have other temperatures than that of production. */
  canBeHot: boolean;
  /** Whether PLUMED is told the potential energy. */
  tellsEnergy: boolean;
  /**
   * What a run starts from is written, where it is not there already.
   * @returns words of `latentcv run` and `latentcv pilot`
   */
  prepare(run: WantedRun): Promise<string[]>;
  /**
   * Looks at what the plan names, and writes nothing.
   * @throws LatentcvError `file-not-found`, `bad-argument`, `missing-tool`
   */
  check(): Promise<void>;
}
