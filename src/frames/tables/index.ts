/**
 * Tables as they lie on disk: COLVAR, CSV, XVG, NPY and HDF5, told by what is in them. Each format is one file that gives a
 * `Table`: labels, periods and rows; nothing here decides which rows count.
 */
export { AddedColumn, type TimedValues } from './added-column.js';
export { writeColumnNotes } from './column-notes.js';
export { ColvarHeader } from './colvar-header.js';
export { LineWalker, type LineVisitor } from './line-visitor.js';
export { openTable, promisedFormat, tableKind, type TableKind } from './open-table.js';
export { piExpression, piText } from './pi-expression.js';
export { RowParser } from './row-parser.js';
export { definitionEnding, definitionMark, tableDefinition } from './table-definition.js';
export { tableLabels } from './table-labels.js';
export type { Table, TableReading } from './table.js';
