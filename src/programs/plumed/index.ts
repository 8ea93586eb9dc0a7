/**
 * PLUMED as a program: found with its kernel, headers and version, asked for its modules and actions, and run (driver,
 * pesmd). What its inputs say is `src/plumed`'s.
 */
export { plumedSays } from './ask-plumed.js';
export { findPlumed } from './find-plumed.js';
export { optimisationProblem } from './optimisation.js';
export { expectActions, hasModule } from './plumed-actions.js';
export { foundHow, ofTwoVersions, type PlumedInstall, type PlumedRuntime } from './plumed-places.js';
export { expectSupported, headerVersion, type Version } from './plumed-version.js';
export { type DriverOptions, type PesmdOptions, lastTime, runDriver, runPesmd } from './run-plumed.js';
