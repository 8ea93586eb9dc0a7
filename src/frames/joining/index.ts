/**
 * Frames of trajectories and rows of tables that were written at the same times, as frames that have the columns of both.
 * Restarts are resolved in both before; what has no partner is left out and told.
 */
export { joinTables, type JoinedTables } from './join-tables.js';
