/**
 * Trajectories in HDF5: H5MD and MDTraj's own, with their units, boxes and orders of particles, a few frames at a time.
 * Knows what the files mean; in which process they are read is `foreign`.
 */
export { readFrames } from './hdf5-frames.js';
export { hdf5Trajectory, openHdf5Frames } from './open-hdf5.js';
