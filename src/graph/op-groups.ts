import type { Op } from './tensor.js';

/** Ops on each element of their one input alone. */
export const elementwiseOps = [
  'neg',
  'exp',
  'log',
  'sqrt',
  'abs',
  'sign',
  'sin',
  'cos',
  'tanh',
  'sigmoid',
  'relu',
  'leakyRelu',
  'elu',
  'softplus',
  'erf',
  'atan',
  'floor',
  'round',
  'clip',
  'pow',
  'stopGradient',
] as const satisfies readonly Op[];

/** Ops on pairs of elements, of inputs that stretch to each other by numpy's rule. */
export const pairwiseOps = [
  'add',
  'sub',
  'mul',
  'div',
  'power',
  'maximum',
  'minimum',
  'greater',
] as const satisfies readonly Op[];

/** The same rule in the rows of several ops. */
export function rowsOf<O extends Op, R>(ops: readonly O[], rule: R): Record<O, R> {
  return Object.fromEntries(ops.map((op) => [op, rule])) as Record<O, R>;
}
