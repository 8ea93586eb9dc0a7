/**
 * What tells states apart in atoms' names, where runs have trajectories: contacts between molecules, hydrogen bonds, torsions. Which
 * of them is found from frames that stand for the states, and then followed through the run.
 */
export { differencesByAtoms } from './differences-by-atoms.js';
