/**
 * A LAMMPS script as one runs anyway, made to stop at and go on from restart files: its commands are read, its run is planned and
 * written; tables of thermo are read. Restart files are found and kept, and text dumps cut back to them.
 */
export { cutDump, putAside } from './cut-dumps.js';
export { expectEnergyAlone, planScript, type Dump, type ScriptPlan } from './plan.js';
export { keepNewest, removeBeyond, restartFilesIn, restartName, type RestartFile } from './restart-files.js';
export { foundFile, type LammpsScript } from './script.js';
export { thermoTables, type ThermoTable } from './thermo-tables.js';
export {
  isPlainText,
  productionLine,
  runFiles,
  writeRun,
  type RunWish,
  type WrittenRun,
} from './write-run.js';
