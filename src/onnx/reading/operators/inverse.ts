import {
  abs,
  add,
  atan,
  div,
  floor,
  greater,
  log,
  mul,
  neg,
  round,
  sign,
  sqrt,
  square,
  sub,
  type Tensor,
} from '../../../graph/index.js';
import type { ReadForms } from '../node-reader.js';

/** Towards 0. */
export const truncate = (x: Tensor): Tensor => mul(sign(x), floor(abs(x)));

/** 1, or −1 where x is not above 0: a sign that is never 0. */
const side = (x: Tensor): Tensor => sub(mul(greater(x, 0), 2), 1);

/** Inverses of trigonometric and hyperbolic functions, and what rounds: steps whose derivative is 0. */
export const inverseForms: ReadForms = {
  Atan: (node) => atan(node.tensor(0)),
  Asin: (node) => arcSine(node.tensor(0)),
  Acos: (node) => sub(Math.PI / 2, arcSine(node.tensor(0))),
  Atanh: (node) => {
    const x = node.tensor(0);
    return mul(sub(log(add(x, 1)), log(sub(1, x))), 0.5);
  },
  Asinh: (node) => {
    // of |x|, where the sum does not cancel; the side is a constant to the derivative
    const x = node.tensor(0);
    return mul(side(x), log(add(mul(side(x), x), sqrt(add(square(x), 1)))));
  },
  Acosh: (node) => {
    const x = node.tensor(0);
    return log(add(x, mul(sqrt(sub(x, 1)), sqrt(add(x, 1)))));
  },
  Floor: (node) => floor(node.tensor(0)),
  Ceil: (node) => neg(floor(neg(node.tensor(0)))),
  Round: (node) => round(node.tensor(0)),
};

/** asin x = 2 atan(x/(1 + √(1 − x²))); at −1 and 1, where the slope is infinite, the derivative is 1. */
function arcSine(x: Tensor): Tensor {
  return mul(atan(div(x, add(sqrt(mul(sub(1, x), add(x, 1))), 1))), 2);
}
