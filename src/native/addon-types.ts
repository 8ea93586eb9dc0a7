// What goes into the addon and comes out of it, as its C++ side in native/addon has it.

/** Collective variables `[n, k]` and their derivatives by the model's inputs, `[n, k, d]`; row-major. */
export interface Evaluation {
  cv: Float64Array;
  jacobian: Float64Array;
  /** How far the members of an ensemble disagree, `[n]`; undefined for a single encoder. */
  uncertainty?: Float64Array;
  /** Its derivatives, `[n, d]`. */
  uncertaintyGradient?: Float64Array;
}

/**
 * Collective variables `[n, k]`, their derivatives by the positions, `[n, k, atoms, 3]`, and by the box,
 * `[n, k, 3, 3]` in PLUMED's sense: minus the outer product of each difference vector with the force along it.
 */
export interface AtomsEvaluation {
  cv: Float64Array;
  derivatives: Float64Array;
  boxDerivatives: Float64Array;
  /** How far the members of an ensemble disagree, `[n]`; undefined for a single encoder. */
  uncertainty?: Float64Array;
  /** Its derivatives, `[n, atoms, 3]` and `[n, 3, 3]`. */
  uncertaintyDerivatives?: Float64Array;
  uncertaintyBoxDerivatives?: Float64Array;
}

/** A format that the addon reads itself. */
export interface OwnFormat {
  /** As chemfiles calls it: `Amber NetCDF`. */
  name: string;
  description: string;
  /** Other names that `ownFormat` takes: `netcdf`. */
  aliases: string[];
  /** With their dots: `.nc`. */
  endings: string[];
}

/** What a structure says of an atom, as native/core/include/latentcv/molecule.h defines it. */
export interface NamedAtom {
  /** From 1. */
  serial: number;
  /** Whether the structure has it; the rest counts only then. */
  there: boolean;
  name: string;
  residue: string;
  /** Chain or segment; empty where nothing tells. */
  chain: string;
  residueNumber: number;
  /** Empty where nothing tells. */
  insertionCode: string;
}

/** How a model's molecule goes with that of a structure, in words; both empty where they are alike. */
export interface MoleculeComparison {
  /** Atoms that are others: the first of them, and how many. */
  difference: string;
  /** Atoms that are the same under other names, and residues with other numbers. */
  renamed: string;
}

/** A file of frames or a structure. */
export interface TrajectorySource {
  path: string;
  /** The format's name, `XTC`, `LAMMPS`, …, or an alias; by the file's ending or first bytes where empty. */
  format: string;
  /** The file's units of length in one nm, where the format does not say its own; 0: as the file tells, else Å. */
  perNanometre: number;
  /** Take the good frames of a file that is cut off or damaged. */
  salvage: boolean;
  /** ps of a step, whatever a file says of it whose word on time is not to be trusted (DCD). */
  timestep?: number | undefined;
}

/** Frames as the native reader gives them; rows of frames that are not good mean nothing. */
export interface NativeBatch {
  /** `[frames, descriptors]` */
  values: Float64Array;
  /** ps, or NaN where the file does not tell. */
  times: Float64Array;
  /** MD steps, or places in the file where the format has none. */
  steps: Float64Array;
  /** 1 where the frame has a box. */
  boxes: Uint8Array;
  /** One of `frameStates` each. */
  states: Uint8Array;
  /** What is wrong with each of the bad ones, in their order, with file and frame. */
  problems: string[];
}

/** Lines as the model file has them. */
export interface DescriptorLines {
  descriptors: string[];
  references: string[];
  points?: string[];
  minimumImage: boolean;
}

/** What is computed of each frame. */
export interface DescriptorReading extends DescriptorLines {
  /** The atoms that they count from 0, by places (from 0) in the file. */
  atoms: Uint32Array;
  /** Atoms of the file. */
  total: number;
  threads: number;
  /** Products of descriptors' gradients by mass-weighted coordinates, which stand behind the descriptors. */
  metric?: {
    /** Places of two descriptors after the other. */
    pairs: Uint32Array;
    /** 1/m of each of `atoms`, 1/amu. */
    inverseMasses: Float64Array;
  };
}

/** The addon's model, as native/addon/addon.cpp defines it. */
export interface AddonModel {
  readonly inputs: number;
  readonly outputs: number;
  readonly atoms: number;
  readonly inputNames: string[];
  readonly outputNames: string[];
  readonly evaluator: 'native' | 'onnxruntime';
  readonly reason: string;
  readonly hasUncertainty: boolean;
  evaluate(x: Float64Array, jacobian: boolean): Evaluation;
  evaluateAtoms(positions: Float64Array, boxes: Float64Array): AtomsEvaluation;
}

/** A word per atom: `words` has each different one once, `of` which of them each atom has. */
export interface AtomWords {
  words: string[];
  of: Uint32Array;
}

/** What a structure file says of its atoms, as native/addon/trajectories.cpp gives it; empty words where it does not say. */
export interface StructureContents {
  names: AtomWords;
  types: AtomWords;
  residueNames: AtomWords;
  chains: AtomWords;
  segments: AtomWords;
  insertionCodes: AtomWords;
  /** NaN where the file does not say. */
  residueIds: Float64Array;
  /** amu; NaN where the file does not say. */
  masses: Float64Array;
  /** Symbols of the elements, where they are known for certain; told by names, types and masses where left out. */
  elements?: AtomWords;
  /** Pairs of atoms, from 0. */
  bonds: Uint32Array;
  /** `[atoms, 3]`, nm; undefined where the file has none. */
  positions?: Float64Array;
  /** Box vectors as rows, nm. */
  box?: Float64Array;
  /** What to know of the file, with its name. */
  notes: string[];
}

export interface AddonDescriptorReader {
  countFrames(source: TrajectorySource): Promise<{ frames: number; notes: string[] }>;
  read(
    source: TrajectorySource,
    first: number,
    count: number,
    stride: number,
    values: Float64Array,
  ): Promise<Omit<NativeBatch, 'values'>>;
}

/** Frames with all their atoms, as native/addon/whole_frames.cpp defines it; nm and ps. */
interface AddonTrajectory {
  readonly frames: number;
  read(frame: number): { positions?: Float64Array; box?: Float64Array; time: number; step: number };
}

/** What the addon exports, as native/addon/addon.cpp does. */
export interface Addon {
  /** Where ONNX Runtime's library is; an empty path leaves that to the system. */
  useOnnxRuntime(path: string): void;
  compareMolecule(expected: readonly string[], atoms: readonly NamedAtom[]): MoleculeComparison;
  loadChemfiles(candidates: string[]): { version: string; path: string };
  takeChemfilesWarnings(): string[];
  chemfilesFormatOf(name: string): string;
  endWithParent(parent: number): void;
  NativeTrajectory: new (
    path: string,
    format: string,
    perNanometre: number,
    atoms: number,
  ) => AddonTrajectory;
  ownFormats(): OwnFormat[];
  ownFormat(path: string, format: string): string;
  openStructure(source: TrajectorySource): Promise<StructureContents>;
  evaluateDescriptors(what: DescriptorLines, positions: Float64Array, box?: Float64Array): Float64Array;
  NativeDescriptorReader: new (reading: DescriptorReading) => AddonDescriptorReader;
  NativeModel: new (
    path: string,
    evaluator: string,
    precision: string,
    device: string,
    threads: number,
  ) => AddonModel;
}
