export { readTrajectoryBatches } from './read-batches.js';
export { readTrajectory } from './read-trajectory.js';
export { type TrajectoryReading, type TrajectorySystem, columnsOf } from './trajectory-reading.js';
