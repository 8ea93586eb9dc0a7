/**
 * Rules that say which state a frame is in, as `phi < 0 and psi > 60 deg`: read, checked against columns or times, applied.
 * `--labels`, `--basin` and `--cores` share them.
 */
export { type RuledFrames, type RuledStates, statesByRules, unmet } from './rule-frames.js';
export {
  type Condition,
  type StateRule,
  columnsIn,
  intervalRule,
  isStateRule,
  parseStateRules,
  stateNames,
} from './state-rules.js';
export type { RangeCondition, Comparison } from './rule-conditions.js';
