/**
 * Statements on how atoms and pairs of liquids and crystals are distributed: coordination numbers, radial distribution functions,
 * entropies, scattering, permutation invariant vectors, similarity to a lattice. Each becomes descriptors of groups, by elements where
 * that is asked.
 */
export { coordinationNumbers, wantsEachAtom } from './coordination-numbers.js';
export { parts } from './by-elements.js';
export { debye, pairEntropy, piv, rdf } from './pair-rules.js';
export { similarity } from './similarity.js';
