/**
 * Tables that a run still writes: of a file only what came since the last look is read, and a line that is half written waits.
 * Which of the frames count is told by the timeline, as of files that are whole.
 */
export { GrowingTable } from './growing-table.js';
export { growingColumns } from './growing-columns.js';
