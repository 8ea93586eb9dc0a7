import type { DescriptorSet } from '../../descriptors/index.js';

/** What a model's input is: a column of a COLVAR, or a descriptor. */
export interface ModelInput {
  label: string;
  /** `nm`, `rad`, or empty. */
  unit: string;
  /** Domain `[lower, upper]` of a periodic quantity. */
  period?: readonly [number, number];
  /** Smallest and largest value in the training data; of all inputs, or of none where one is not known. */
  min?: number;
  max?: number;
}

/** A component of the CV: `node-0`, `node-1`, … */
export interface ModelOutput {
  name: string;
  period?: readonly [number, number];
  /** Range in the training data, or of random inputs where `rangesAreRandom`. */
  min: number;
  max: number;
}

/** What `latentcv.training` says of a network from elsewhere whose frames nobody gave. */
export const randomRanges = 'random inputs';

/** Whether the ranges of the CVs tell nothing of training data. */
export const rangesAreRandom = ({ training }: Pick<ModelMetadata, 'training'>): boolean =>
  (training as { ranges?: unknown } | null | undefined)?.ranges === randomRanges;

/** Outputs `[n, 1]` that a file may have beside its CVs and that are given where they are asked for, an ensemble's uncertainty apart. */
export const sideNames = ['committor', 'kolmogorov'] as const;
export type SideName = (typeof sideNames)[number];

/** Something of each side output that there is. */
export type Sides<Of> = Partial<Record<SideName, Of>>;

/** A side output at the check inputs: a number a row, and rows of d numbers, its derivatives. */
export interface SideCheck {
  value: number[][];
  gradient: number[][];
}

/**
 * What the output `kolmogorov`, in kJ/mol, is: −λ kT ln(1 + |∇q|²/ε) at one temperature (K), with the gradient by the inputs in
 * their units.
 */
export interface KolmogorovFacts {
  temperature: number;
  lambda: number;
  epsilon: number;
}

/** Inputs from the training data with what the model gives there: every loader recomputes them. */
export interface CheckVectors {
  /** Rows of d numbers. */
  inputs: number[][];
  /** Rows of k numbers. */
  cv: number[][];
  /** Rows of k·d numbers, ∂cv/∂x with the outputs outermost. */
  jacobian: number[][];
  /** Of an ensemble: rows of one number, and rows of d numbers, its derivatives. */
  uncertainty?: number[][];
  uncertaintyGradient?: number[][];
  /** Of a model with a decoder: rows of d numbers, what it makes of `cv`. */
  reconstruction?: number[][];
  /** Of predicted properties: rows of p numbers, and rows of p·d numbers, their derivatives, properties outermost. */
  property?: number[][];
  propertyJacobian?: number[][];
  sides?: Sides<SideCheck>;
}

/** What a model file says of itself beside the network (`docs/architecture.md` lists the keys). */
export interface ModelMetadata {
  /** Program and version that wrote the file. */
  generator: string;
  /** `vamp-autoencoder`, … */
  method: string;
  /** Papers of the method, `authors year, doi:…` each. */
  references?: readonly string[];
  /** `45-64-32-2 tanh` */
  network: string;
  inputs: ModelInput[];
  outputs: ModelOutput[];
  /** How the inputs are computed from atoms, where they are descriptors; one item per input. */
  descriptors?: DescriptorSet;
  /** Measured properties that the file's output `property` predicts, in its order. */
  properties?: string[];
  /** Of a file with the output `kolmogorov`. */
  kolmogorov?: KolmogorovFacts;
  /** How inputs are computed from structures of atoms of any size, a line each, where they are. */
  features?: readonly string[];
  /** The way back from CVs to inputs and properties: an ONNX file of its own. */
  decoder?: Uint8Array;
  check: CheckVectors;
  /** Settings, seed, data fingerprint, loss curves, time scales: whatever JSON holds. */
  training: unknown;
}
