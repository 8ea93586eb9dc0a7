import '../support/no-telemetry.js';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

import { LatentcvError, packageRoot } from '../support/index.js';

import type { AtomsEvaluation, Evaluation } from './evaluation.js';
import type { OwnFormat } from './formats.js';
import type { MoleculeComparison, NamedAtom } from './molecule.js';
import type { DescriptorReading, NativeBatch, TrajectorySource } from './trajectories.js';

/** The addon's object, as native/addon/addon.cpp defines it. */
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

interface Addon {
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
  NativeDescriptorReader: new (reading: DescriptorReading) => AddonDescriptorReader;
  NativeModel: new (
    path: string,
    evaluator: string,
    precision: string,
    device: string,
    threads: number,
  ) => AddonModel;
}

/** Where both builds, cmake-js and node-gyp, put the addon; or another build of it, such as one with sanitizers. */
export function addonPath(): string {
  return process.env.LATENTCV_ADDON ?? join(packageRoot(), 'build', 'Release', 'latentcv.node');
}

/** Loads the addon. Throws LatentcvError `missing-tool` where it is not built or does not load. */
export function loadAddon(): Addon {
  const path = addonPath();
  const hint = 'build it with: npx cmake-js compile';
  if (!existsSync(path)) {
    throw new LatentcvError('missing-tool', `expected the native addon at ${path} but it is not built`, hint);
  }
  try {
    return createRequire(import.meta.url)(path) as Addon;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new LatentcvError('missing-tool', `the native addon does not load: ${reason}`, hint);
  }
}
