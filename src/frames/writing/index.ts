/**
 * Tables written: COLVAR, CSV, NPY and HDF5, by the ending of the file's name. Rows go into a file beside the place, which
 * takes its name when it is whole.
 */
export { type WrittenTable, expectTablePlace, writeTable, writeTables, type Rows } from './write-table.js';
