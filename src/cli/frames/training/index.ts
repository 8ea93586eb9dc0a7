/**
 * Opens the frames that `train` and `search` learn from. It stands apart from the other frames, since it loads what trains.
 */
export { trainingTables } from './training-tables.js';
export { refuseWeights, trainingTrajectories } from './training-trajectories.js';
