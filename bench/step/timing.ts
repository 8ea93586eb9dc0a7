/** Of a step, over the rounds. */
export interface Microseconds {
  min: number;
  median: number;
}

/** What step_timer prints of an input: bias and forces at one configuration, and the time of a step. */
export interface Timing {
  label: string;
  /** kJ/mol */
  bias: number;
  /** Of the molecule's atoms, kJ/mol/nm. */
  forces: number[];
  virial: number[];
  microseconds: Microseconds;
}

export interface Effort {
  rounds: number;
  /** Of a block, which is one variant's part of a round. */
  milliseconds: number;
}

/** Atoms in the box: those of the molecule, and others that PLUMED is told of but no variant uses. */
export const systemAtoms = 1000;
