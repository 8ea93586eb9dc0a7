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
