/**
 * Statements on the neighbours around atoms, averaged over these: power spectra of their densities, and symmetry functions. By elements,
 * those that a structure lacks give zeros, so that structures of any composition have as many numbers.
 */
export { acsf } from './acsf.js';
export { environmentNotes } from './notes.js';
export { soap } from './soap.js';
