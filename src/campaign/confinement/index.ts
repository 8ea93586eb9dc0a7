/** A sphere, a cylinder or a funnel about a host and its guest, with limits by their pose where none are given. */
export { confinePose, type ConfinedPose, type ConfinementWish, type Limit } from './confine-pose.js';
