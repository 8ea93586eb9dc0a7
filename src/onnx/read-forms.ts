import { constantForms } from './read-constants.js';
import { controlForms } from './read-control.js';
import { elementwiseForms } from './read-elementwise.js';
import { linearForms } from './read-linear.js';
import { orderForms } from './read-order.js';
import { reductionForms } from './read-reduction.js';
import { scatterForms } from './read-scatter.js';
import { shapeForms } from './read-shape.js';
import type { NodeReader } from './read-node.js';
import type { Value } from './read-values.js';
import { windowForms } from './read-windows.js';

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
