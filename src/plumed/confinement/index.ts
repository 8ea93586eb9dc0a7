/**
 * Sphere, cylinder and funnel as PLUMED statements: the host's frame as centres of its atoms, and walls about the guest. A comment
 * says what they are, and is read back as long as the statements are that.
 */
export { confinementLines, type ConfinementLines } from './confinement-lines.js';
export { confinementOf, isNarrowed } from './confinement-of.js';
export { hostFrame, type HostFrame, type Vector, type WeightedCentre } from './host-frame.js';
export { halfBox, reachOf } from './in-box.js';
export type { ConfinementPose, ConfinementRequest, ConfinementShape } from './request.js';
export { confinedFrame, placeOfFrame, type ConfinedFrame } from './confined-frame.js';
