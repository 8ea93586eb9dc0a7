/**
 * The two systems of the quickstart: alanine dipeptide in GROMACS, and a particle on the Müller–Brown surface in pesmd. Each
 * makes its own inputs from numbers in these files.
 */
export { type AlanineAtoms, alanineAtoms } from './alanine-atoms.js';
export { alanineCommands, prepareAlanine } from './alanine-dipeptide.js';
export type { AlanineMd } from './alanine-mdp.js';
export { basinBoundary, progressCores } from './mueller-brown-surface.js';
export {
  muellerBrownDeltaF,
  muellerBrownFeatures,
  muellerBrownPesmd,
  muellerBrownPlumed,
} from './mueller-brown.js';
