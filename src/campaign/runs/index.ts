/**
 * Runs in a folder each: replicas side by side, records of how their frames were made, and restarts that bring back what PLUMED
 * wrote to the checkpoint. One process has a run at a time.
 */
export { type BiasedRunOptions, type BiasedRunResult, biasedRun } from './biased-run.js';
export { endLeftRunning } from './left-running.js';
export { inParallel } from './in-parallel.js';
