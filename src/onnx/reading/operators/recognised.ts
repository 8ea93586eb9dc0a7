import { constantValue, div, log, mul, neg, sigmoid, softplus, type Tensor } from '../../../graph/index.js';

/**
 * Exponentials written out, as sums overflow: of 1 + eᶻ the derivative is infinity times 0 where its reciprocal is 0 long
 * since, and its logarithm is infinite where it is z. The functions that were meant have neither.
 */

/** z of 1 + eᶻ. */
function exponentOf(x: Tensor): Tensor | undefined {
  if (x.op !== 'add') return undefined;
  const power = x.inputs.find(({ op }) => op === 'exp');
  const one = x.inputs.find((part) => part !== power);
  const known = one && constantValue(one);
  return power && known?.data.every((value) => value === 1) && power.shape.length >= one!.shape.length
    ? power.inputs[0]
    : undefined;
}

/** a/b, and of b = 1 + eᶻ the logistic function of −z. */
export function quotient(a: Tensor, b: Tensor): Tensor {
  const z = exponentOf(b);
  return z ? mul(a, sigmoid(neg(z))) : div(a, b);
}

/** log x, and of 1 + eᶻ the softplus of z. */
export function logarithm(x: Tensor): Tensor {
  const z = exponentOf(x);
  return z ? softplus(z) : log(x);
}
