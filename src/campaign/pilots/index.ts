/**
 * Short runs along each of several CVs, all judged by the same crossings. What they say is a count: how often each run went from one
 * state to another, with the error of a count, and what else it met on the way.
 */
export { crossingRate, inefficiencyOf, tellApart, type CrossingRate } from './crossing-rate.js';
export { judgesOf, type Judge, type JudgeFrames } from './judges.js';
export {
  pilotResult,
  ranked,
  type LabelledCores,
  type PilotFrames,
  type PilotResult,
} from './pilot-result.js';
export { pooledFrames } from './pooled-frames.js';
