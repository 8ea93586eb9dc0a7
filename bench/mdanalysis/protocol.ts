import type { Case } from './cases.js';

/** What a program reads of a case; lengths in nm, times in ps, angles in rad. */
export interface Contents {
  atoms: number;
  frames: number;
  /** `[frames, descriptors]`, of the first frames; null where a value is not determined. */
  values: (number | null)[][];
  /** null where the file tells none. */
  times: number[] | null;
  /** Box vectors as rows, of the first frame. */
  box: number[] | null;
  /** One per atom; null where the file tells none. */
  names: string[] | null;
  residueNames: string[] | null;
  residueIds: string[] | null;
  /** What latentcv says beside. */
  notes?: string[];
}

/** What MDAnalysis reads. */
export interface Reference extends Contents {
  /** By how much single precision may change each value. */
  errors: (number | null)[][];
  /** Kind, and atoms from 0. */
  descriptors: [kind: 'distance' | 'angle' | 'torsion', atoms: number[]][];
}

/** Why a file is not read. */
export interface Refusal {
  refused: string;
  hint?: string;
  /** A signal, or time that ran out. */
  crash?: true;
}

/** What latentcv is asked. */
export interface Request {
  case: Case;
  descriptors?: Reference['descriptors'] | undefined;
}
