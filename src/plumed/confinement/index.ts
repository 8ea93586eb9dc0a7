/**
 * Sphere, cylinder and funnel as PLUMED statements: the host's frame as centres of its atoms, walls about the guest, and the comment
 * by which an input that has them says so.
 */
export { confinementLines, type ConfinementLines } from './confinement-lines.js';
export { confinementOf } from './confinement-of.js';
export { hostFrame, type HostFrame, type Vector, type WeightedCentre } from './host-frame.js';
export { halfBox, reachOf } from './in-box.js';
export type { ConfinementPose, ConfinementRequest, ConfinementShape } from './request.js';
