import type { ColumnCores, RunQuestion, StateDefinition } from '../free-energy/index.js';
import type { MdEngine } from '../programs/index.js';
import type { DescriptorSet } from '../descriptors/index.js';
import type { CommandBlock, ReportData, Result, TrainingRun } from '../report/index.js';
import type { TrainOptions } from '../training/index.js';

/** A question about states that are intervals of one column each. */
interface IntervalQuestion extends RunQuestion {
  basins: readonly StateDefinition[];
  cores: ColumnCores;
}

/** Settings of a quickstart; another set in the same folder starts it over. */
export interface QuickstartSettings {
  engine: 'gromacs' | 'pesmd';
  seed: number;
  /** Length of each biased replica: ns in GROMACS; in pesmd, thousands of time units. */
  length: number;
  replicas: number;
  /** Length of each run that gives training frames, in the same units; default 5, in pesmd one of 10. */
  trainingLength?: number;
}

/** A table that PLUMED writes beside the training runs. */
export interface ColvarFrames {
  kind: 'colvar';
  /** Text of the PLUMED input that writes it. */
  input: string;
  /** Columns to learn from. */
  columns: string[];
}

/** The trajectories of plain training runs. */
export interface TrajectoryFrames {
  kind: 'trajectory';
  /** Name of the trajectory in each run's folder. */
  file: string;
  /** Names and residues of the atoms. */
  structure: string;
  atoms: number;
  /** What to learn from, as typed. */
  descriptors: string;
  /** The two columns that a chemist knows, in their order. */
  against: DescriptorSet;
}

/** What the main job needs to know of a system: how it is sampled, and what is asked of it. */
export interface QuickstartSystem<Frames = ColvarFrames | TrajectoryFrames> {
  title: string;
  /** A sentence or two for the report. */
  summary: string;
  /** Unbiased runs hot enough to see both basins. */
  training: {
    engine: MdEngine;
    frames: Frames;
    options: TrainOptions;
    run: TrainingRun;
    /** What was done, in a sentence. */
    note: string;
  };
  /** The biased run. */
  production: {
    engine: MdEngine;
    /** Text of the PLUMED input that its user has: it keeps every line. */
    input: string;
    /** K: kT in kJ/mol is what frames are weighed by. */
    temperature: number;
    /** What the bias is told of it, in the input's units, where the engine does not tell PLUMED. */
    kT?: number;
    /** kJ/mol, and steps between kernels and between printed frames. */
    barrier: number;
    pace: number;
    stride: number;
  };
  /** Two columns that a chemist knows, of training and biased frames. */
  against: [string, string];
  question: IntervalQuestion;
  expected: Partial<Result> & { reference: number; referenceError: number; wantedTransitions: number };
  /** Symbols, units, marks of the figures. */
  figures: Partial<ReportData>;
  /** The command-line's word for the temperature. */
  temperatureOption: string;
  /** How the systems' files are made, as typed. */
  preparation: CommandBlock[];
  /** The command of one replica's run; without a PLUMED input where PLUMED has no part in it. */
  runCommand(
    kind: 'training' | 'production',
    run: { plumedInput?: string; folder: string; replica: number },
  ): string;
}
