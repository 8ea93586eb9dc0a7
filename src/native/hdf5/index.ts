export { hdf5Trajectory } from './open-hdf5.js';
