/**
 * Frames sampled in several states (umbrella windows, static biases, temperatures) weighed together: the equations of MBAR and
 * their solution, how the states overlap, how many independent frames each holds. What errors of averages come from, that the
 * free energies of the states are estimated from the same frames, stands here too.
 */
export { type MbarInput } from './input.js';
export { solveMbar, type MbarOptions } from './solve.js';
export { type MbarSolution, mbarWeights } from './solution.js';
export { type NeighbourOverlap, hardlyOverlapping, leastOverlap } from './overlap.js';
