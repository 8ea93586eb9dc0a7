/**
 * `latentcv plumed`: what it may be told, the bias that is asked for and what is found out for it of frames. The language of PLUMED
 * inputs is in `src/plumed`.
 */
export { plumedCommand } from './plumed.js';
export { biasRequest } from './bias-request.js';
export { settings as plumedSettings, type OptionsWithModel } from './options.js';
export { readyInput, type ReadyInput } from './ready-input.js';
export { tellNotes } from './tell-notes.js';
