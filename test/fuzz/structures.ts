// Reads structures in text formats, whose first character says which.
// usage: node structures.js CORPUS SECONDS SEED FINDINGS
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readStructure, selectAtoms } from '../../src/trajectories/index.js';
import { temporaryFolder } from '../temporary-folder.js';
import { fuzzTexts } from './run.js';

const formats: Record<string, string> = {
  D: 'XYZ',
  E: 'GRO',
  F: 'PDB',
  G: 'LAMMPS',
  H: 'LAMMPS Data',
  I: 'PSF',
};
const path = join(temporaryFolder('fuzz'), 'structure');

await fuzzTexts(async (text) => {
  const format = formats[text.charAt(0)] ?? formats.F;
  writeFileSync(path, text.slice(1), 'latin1');
  const structure = await readStructure(path, { format });
  const heavy = selectAtoms(structure, 'heavy');
  if (structure.hasPositions) structure.connections(heavy);
  selectAtoms(structure, 'protein or water or ions or all');
});
