import type { ReadForm, ReadForms } from '../node-reader.js';
import { constantForms } from './constants.js';
import { controlForms } from './control.js';
import { elementwiseForms } from './elementwise.js';
import { linearForms } from './linear.js';
import { orderForms } from './order.js';
import { reductionForms } from './reduction.js';
import { scatterForms } from './scatter.js';
import { shapeForms } from './shape.js';
import { sklearnForms } from './sklearn.js';
import { windowForms } from './windows.js';

/**
 * The ONNX operators we read, of operator sets 7 and later: all that we write, and what exporters write for networks
 * of features. Definitions and defaults are those of onnx.ai.
 */
const readForms: ReadForms = {
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

/** How an operator of a domain is read; undefined for one that is not. */
export function formOf(domain: string, opType: string): ReadForm | undefined {
  const forms =
    domain === '' || domain === 'ai.onnx' ? readForms : domain === 'ai.onnx.ml' ? sklearnForms : {};
  return Object.hasOwn(forms, opType) ? forms[opType] : undefined;
}
