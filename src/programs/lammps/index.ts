/**
 * LAMMPS's input scripts: read by its rules, planned as a run that can be killed and goes on, and written anew for a start or
 * a restart; with its restart files and dumps.
 */
export { cutDump, putAside } from './cut-dumps.js';
export { planScript, type Dump, type ScriptPlan } from './plan.js';
export { keepNewest, removeBeyond, restartFilesIn, restartName, type RestartFile } from './restart-files.js';
export { foundFile, type LammpsScript } from './script.js';
export { isPlainText, runFiles, writeRun, type RunWish, type WrittenRun } from './write-run.js';
