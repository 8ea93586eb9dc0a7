/**
 * A sphere, a cylinder or a funnel about a host and its guest, by their pose. Limits that are not given leave the guest room where it
 * lies, and a place where it touches nothing.
 */
export { confinePose, type ConfinedPose, type ConfinementWish, type Limit } from './confine-pose.js';
