import { expectObject, expectText } from '../../support/index.js';
import { openStructure } from '../../native/index.js';
import { Structure } from './structure.js';

/** How a structure or trajectory file is read where its ending does not tell. */
export interface FileReading {
  /** Name of the format: `XTC`, `LAMMPS`, `netcdf`, …; chemfiles' name of one that is its to read. */
  format?: string;
  /**
   * The file's units of length in one nm, for formats that leave them open (LAMMPS, XYZ); by default what a LAMMPS file
   * tells of its units (σ of reduced ones is a nm), else 10 (Å).
   */
  perNanometre?: number;
}

/**
 * Reads the first frame of a file as a structure.
 * @throws LatentcvError `file-not-found`, `bad-data`, `missing-tool`
 * @throws LatentcvError `bad-argument` where an argument is of another kind or length
 */
export async function readStructure(path: string, reading: FileReading = {}): Promise<Structure> {
  expectText(path, 'path');
  expectObject(reading, 'reading');
  const { format = '', perNanometre = 0 } = reading;
  return new Structure(path, await openStructure({ path, format, perNanometre, salvage: false }));
}
