export { type WrittenTable, expectTablePlace, writeTable, writeTables } from './write-table.js';
