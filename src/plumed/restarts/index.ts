/**
 * What a run with an input leaves behind, and how PLUMED goes on from it: tables that are cut back to the engine's checkpoint,
 * states that fit it, what is lost. The text of a restarted input is made here.
 */
export { expectCuttable } from './expect-cuttable.js';
export { expectRestartable } from './expect-restartable.js';
export { notRestored } from './not-restored.js';
export { restarted, restartFile, restartFiles, restartOfAll, walkersFolder } from './restart-files.js';
export {
  prepareInput,
  restartEdits,
  withRunLines,
  type Preparation,
  type Restart,
  type StateWriter,
} from './run-input.js';
export { withWords, type WordEdit } from './statement-words.js';
export { paceOf, writtenTables, type WrittenTable } from './written-tables.js';
