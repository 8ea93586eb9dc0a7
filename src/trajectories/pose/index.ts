/**
 * A pose of a guest in its host: both whole, with their centres and extents. What axis it proposes: the host's own, or the widest way
 * out of its pocket; and where the way behind it is closed.
 */
export { readPose, type Pose, type PosePart } from './pose.js';
export { proposedAxis, ringAxis, type AxisProposal, type RingAxis } from './propose-axis.js';
export { clearanceAlong, closedBehind, widestWay, type WayOut } from './way-out.js';
