export { writeColumnNotes } from './column-notes.js';
export { openTable, promisedFormat } from './open-table.js';
export { piExpression, piText } from './pi-expression.js';
export { tableLabels } from './table-labels.js';
export type { Table, TableReading } from './table.js';
