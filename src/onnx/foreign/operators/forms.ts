import { constantForms } from '../read-constants.js';
import { controlForms } from './control.js';
import { elementwiseForms } from './elementwise.js';
import { linearForms } from './linear.js';
import { orderForms } from './order.js';
import { reductionForms } from './reduction.js';
import { scatterForms } from './scatter.js';
import { shapeForms } from './shape.js';
import type { NodeReader } from '../read-node.js';
import type { Value } from '../read-values.js';
import { windowForms } from './windows.js';

/** Reads a node; one value per output. */
export type ReadForm = (node: NodeReader) => Value | readonly Value[];
export type ReadForms = Readonly<Record<string, ReadForm>>;

/**
 * The ONNX operators we read, of operator sets 7 and later: all that we write, and what exporters write for networks
 * of features. Definitions and defaults are those of onnx.ai.
 */
export const readForms: ReadForms = {
  ...elementwiseForms,
  ...linearForms,
  ...reductionForms,
  ...constantForms,
  ...shapeForms,
  ...scatterForms,
  ...orderForms,
  ...windowForms,
  ...controlForms,
};
