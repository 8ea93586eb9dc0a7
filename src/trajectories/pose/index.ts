/**
 * A pose of a guest in its host: both whole, their centres and extents, the host's own axis and the widest way out of its pocket.
 */
export { readPose, type Pose, type PosePart } from './pose.js';
export { proposedAxis, type AxisProposal } from './propose-axis.js';
export { widestWay, clearanceAlong, type WayOut } from './way-out.js';
