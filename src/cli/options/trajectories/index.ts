/**
 * The options that read trajectories: structure, descriptors, format, and what else a file leaves open. Files are told from tables by their endings.
 */
export {
  type TrajectoryOptions,
  areTrajectories,
  definitionOf,
  filesNamed,
  isTrajectory,
  modelTrajectorySettings,
  trajectoryReading,
  trajectorySettings,
} from './trajectories.js';
