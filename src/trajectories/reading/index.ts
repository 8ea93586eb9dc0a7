/**
 * Frames of trajectory files → descriptors, in batches and in the order of time. Which frames count is the timeline's to say;
 * positions are read and descriptors computed by the addon.
 */
export { framePositions, type FramePlace } from './frame-positions.js';
export { readTrajectoryBatches, trajectoryStream } from './read-batches.js';
export { readTrajectory } from './read-trajectory.js';
export { trajectoryTimes } from './trajectory-times.js';
export { massMetric, mostMetricPairs } from './mass-metric.js';
export {
  type MassMetric,
  type TrajectoryReading,
  type TrajectorySystem,
  columnsOf,
  systemColumns,
} from './trajectory-reading.js';
