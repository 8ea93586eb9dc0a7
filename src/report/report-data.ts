import type { CampaignRecord } from '../campaign/index.js';
import type { DeltaF, FreeEnergyProfile, FreeEnergySurface, NamedDeltaF } from '../free-energy/index.js';
import type { Interval } from '../sampling/index.js';
import type { Diagnostics } from '../diagnostics/index.js';
import type { PropertiesRecord } from '../properties/index.js';
import type { StatesFile, StateStructure } from '../states/index.js';
import type { Units } from './units.js';

/** A quantity on an axis. */
export interface Quantity {
  /** Symbol or name: `φ`, `node-0`. */
  label: string;
  /** `rad`, `nm`; left out where there is none. */
  unit?: string;
  /** What the axis shows; a torsion's `[-Math.PI, Math.PI]` is ticked in parts of π. Default: the data's range. */
  domain?: readonly [number, number];
}

/** The two states of the report: B is an interval of the first coordinate, A all the rest. */
export interface States {
  a: string;
  b: string;
  interval: Interval;
}

/** The numbers of the verdict. Energies in kJ/mol unless units say otherwise. */
export interface Result {
  /** null where a state was never visited. */
  deltaF: number | null;
  /** Standard error of deltaF; null where it is not known, and then `reason` says why. */
  error: number | null;
  reason?: string;
  /** What deltaF is of: `ΔF(C7ax − C7eq)`. */
  symbol?: string;
  reference?: number;
  referenceError?: number;
  /** Where the reference comes from. */
  referenceSource?: string;
  /** Largest error that is wanted, in kJ/mol unless units say otherwise. */
  wantedError?: number;
  transitions?: number;
  /** How many transitions are wanted of this run. */
  wantedTransitions?: number;
  /** Biased sampling in total; ns unless units say otherwise. */
  nanoseconds?: number;
  effectiveFrames?: number;
  frames?: number;
  /** Why the error is not to be trusted; from `DeltaF.warnings`. */
  warnings?: readonly string[];
  /** What was looked at beside that and found well, a sentence each. */
  held?: readonly string[];
  /** What could not be looked at, and why. */
  notChecked?: readonly string[];
}

/** One run that gave training frames. */
export interface TrainingRun {
  name: string;
  engine?: string;
  /** K */
  temperature?: number;
  /** Its length; ns unless units say otherwise. */
  nanoseconds?: number;
  frames?: number;
  crossings?: number;
  /** Fraction of its frames in state B. */
  fractionInB?: number;
}

/** What the model is and what made it; whatever is not known stays out. */
export interface ModelCard {
  file?: string;
  method?: string;
  network?: string;
  /** In words: `45 distances between 10 heavy atoms (nm)`. */
  inputs?: string;
  outputs?: string;
  /** A thousandth of the unit of time: ps unless units say otherwise. */
  lag?: number;
  seed?: number;
  /** What it was trained on. */
  frames?: number;
  /** Whether these are rows, of which none follows another. */
  rows?: boolean;
  epochs?: number;
  /** Of the inputs, by the reconstruction; 0 to 1. */
  varianceExplained?: number;
  /** In the unit of lag, slowest first. */
  timeScales?: readonly number[];
  /** What they are of, where not of the CVs as written. */
  timeScalesOf?: string;
  /** Of the training data. */
  fingerprint?: string;
  seconds?: number;
  /** More lines, as they come. */
  more?: readonly (readonly [name: string, value: string])[];
}

/** Losses per epoch, from epoch 1. */
export interface LossCurves {
  training: ArrayLike<number>;
  validation?: ArrayLike<number>;
  /** Counted from 1. */
  bestEpoch?: number;
  /** What the loss is made of, for the axis; default `loss`. */
  label?: string;
}

/** The CV on frames, beside one or two coordinates a chemist knows; all of the same length. */
export interface CvOnFrames {
  /** Whose frames; those of the training by default. */
  of?: 'training' | 'run';
  /** Frames that these were taken from, where they are not all. */
  total?: number;
  cv: ArrayLike<number>;
  x: ArrayLike<number>;
  y?: ArrayLike<number>;
}

/** The biased run in time; all of the same length, replicas one after another. */
export interface RunSeries {
  /** Frames that these were taken from, where they are not all. */
  total?: number;
  /** ns unless units say otherwise. */
  time: ArrayLike<number>;
  cv?: ArrayLike<number>;
  x?: ArrayLike<number>;
  /** Time, as in `time`, before which frames do not enter the free energies. */
  discardedUntil?: number;
  /** Of several replicas what is of each, in the order of the frames; left out where there is one run. */
  replicas?: readonly ReplicaSeries[];
}

/** One of several replicas of a run. */
export interface ReplicaSeries {
  name: string;
  /** Its frames in the series: the first, and the one behind the last. */
  start: number;
  end: number;
  /** As of the run. */
  discardedUntil?: number;
}

/** A point of a free-energy curve known from elsewhere. */
export interface ReferenceMark {
  coordinate: number;
  /** kJ/mol unless units say otherwise. */
  energy: number;
  label: string;
}

export interface ProfileFigure {
  profile: FreeEnergyProfile;
  marks?: readonly ReferenceMark[];
  /** A whole curve known from elsewhere, such as an exact one by quadrature. */
  reference?: { coordinate: ArrayLike<number>; energy: ArrayLike<number> };
  /** What marks are; default `reference points`. */
  markedAre?: string;
  /** Where marks or reference come from. */
  source?: string;
}

/** ΔF as it was known when so much had been sampled; kJ/mol unless units say otherwise, null where not known. */
export interface ConvergencePoint {
  /** Simulated time behind it, all replicas together; ns unless units say otherwise. */
  nanoseconds: number;
  value: number | null;
  error: number | null;
  /** From what came since the point before alone. */
  block?: number | null;
}

export interface SettingsGroup {
  name: string;
  rows: readonly (readonly [name: string, value: string])[];
}

export interface CommandBlock {
  /** What it does, as a short sentence. */
  caption?: string;
  command: string;
}

/** Runs under several biases or temperatures, which were weighed together. */
export interface WindowsData {
  windows: readonly {
    name: string;
    /** As inputs have them. */
    biases: readonly string[];
    /** Those that were analysed, and how many are worth one. */
    frames: number;
    inefficiency: number;
    effectiveFrames: number;
    /** Of the CV. */
    mean: number;
    /** Of its frames, by bins of the CV from `lower` to `upper`. */
    counts: readonly number[];
  }[];
  /** Ends of the bins. */
  lower: number;
  upper: number;
  states: readonly { name: string }[];
  /** `[state][state]` */
  overlap: readonly (readonly number[])[];
  /** What is to be told of them, a sentence each. */
  notes: readonly string[];
}

/** Where a state lies on a landscape. */
export interface StateMark {
  name: string;
  x: number;
  y: number;
}

/** A free energy with the states marked on it: along one coordinate (y in its unit of energy), or over two. */
export type StatesLandscape =
  | { x: Quantity; profile: FreeEnergyProfile; marks: readonly StateMark[] }
  | { x: Quantity; y: Quantity; surface: FreeEnergySurface; marks: readonly StateMark[] };

/** States of the run, as `latentcv states` found them. */
export interface StatesData {
  found: StatesFile;
  landscapes: readonly StatesLandscape[];
  structures: readonly StateStructure[];
}

/** A structure, and the serial of each of its atoms in the system. */
export interface ExplainedStructure {
  structure: StateStructure;
  serials: readonly number[];
}

/** A campaign, as its folder tells it; folders in the record are in it. */
export interface CampaignData {
  folder: string;
  record: CampaignRecord;
}

/** How well a model predicts its properties. */
export interface PropertiesData {
  method: string;
  record: PropertiesRecord;
}

/** All that a report may show. A part that is absent leaves no trace: no heading, no empty figure. */
export interface ReportData {
  title: string;
  /** A sentence or two under the title: system, engine, bias. */
  summary?: string;
  /** When, as text; the page itself never reads a clock. */
  date?: string;
  /** What energies and times are in, where not in kJ/mol and ns: every number of the page is read so. */
  units?: Units;
  result?: Result;
  campaign?: CampaignData;
  /** The CV's axis; default `CV`. */
  cv?: Quantity;
  /** Coordinates a chemist knows: φ and ψ, or x and y of a model surface. */
  x?: Quantity;
  y?: Quantity;
  states?: States;
  alongCv?: ProfileFigure;
  alongX?: ProfileFigure;
  surface?: FreeEnergySurface;
  windows?: WindowsData;
  properties?: PropertiesData;
  modes?: StatesData;
  run?: RunSeries;
  /** ΔF with its block scan. */
  deltaF?: DeltaF;
  /** Of every two states, where there are more than two. */
  pairs?: readonly NamedDeltaF[];
  convergence?: readonly ConvergencePoint[];
  model?: ModelCard;
  loss?: LossCurves;
  frames?: CvOnFrames;
  /** What the training frames say of the model's CVs. */
  diagnostics?: Diagnostics;
  /** A structure of the model's molecules, on which its atoms' parts in the CVs are shown. */
  explainedOn?: ExplainedStructure;
  trainingRuns?: readonly TrainingRun[];
  /** What was done for the training frames, in a sentence. */
  trainingNote?: string;
  settings?: readonly SettingsGroup[];
  versions?: readonly (readonly [name: string, version: string])[];
  commands?: readonly CommandBlock[];
}
