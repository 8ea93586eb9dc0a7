/**
 * The atoms of a file and what they are: elements, bonds, residues and their kinds, names, and who is near whom. Lengths are
 * in nm, atoms count from 0.
 */
export { type AtomName, atomNames, atomsOfBases, baseName, parseAtomName } from './atom-names.js';
export { formatGro, type FramePositions } from './format-gro.js';
export { formatPdb } from './format-pdb.js';
export { distanceIn, type Places } from './lattice.js';
export { Neighbours } from './neighbours.js';
export { type FileReading, readStructure } from './read-structure.js';
export { arePeptideBonded } from './residue-kinds.js';
export { backboneNames } from './residue-names.js';
export { expectStructure, Structure } from './structure.js';
export { isShortForm, ruleOf, shortForms } from './short-forms.js';
export { superpose } from './superpose.js';
export { moleculesOf, wholeMolecules } from './whole-molecules.js';
export type { Residues } from './residues.js';
export type { Connections } from './bonds.js';
