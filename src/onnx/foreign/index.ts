/**
 * Networks that other programs exported: which of their inputs and outputs are those of a CV, positions of atoms and one
 * frame at a time included. Differentiates them into model files, where it can around their own nodes as they are.
 */
export {
  type Differentiated,
  type ForeignDescription,
  differenceTolerance,
  differentiateModel,
  foreignValues,
} from './differentiate.js';
export { type ForeignModel, type ForeignReading, readForeignModel } from './foreign.js';
export { oldestWithJacobian, writeKept } from './keep-graph.js';
export type { LengthUnit, Positions } from './positions.js';
