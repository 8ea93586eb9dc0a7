/**
 * `latentcv plumed`: what it may be told, the bias that is asked for and what is found out for it of frames. The language of PLUMED
 * inputs is in `src/plumed`.
 */
export { plumedCommand } from './plumed.js';
