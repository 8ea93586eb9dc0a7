import type { Emitter } from './emitter.js';

/**
 * ONNX Runtime has Elu, Softplus, Erf and (in some builds) Cos for float32 only, and ONNX keeps LeakyRelu's slope
 * as a float32: in double these are written out.
 */

/** max(x, 0) + α·min(x, 0) */
export function leakyReluInDouble(e: Emitter, x: string, alpha: number, output?: string): string {
  const below = e.node('Mul', [e.node('Min', [x, zero(e)]), e.real([alpha], [])]);
  return e.node('Add', [e.node('Max', [x, zero(e)]), below], {}, output);
}

/** max(x, 0) + α·(exp(min(x, 0)) − 1) */
export function eluInDouble(e: Emitter, x: string, alpha: number, output?: string): string {
  const power = e.node('Exp', [e.node('Min', [x, zero(e)])]);
  const below = e.node('Mul', [e.node('Sub', [power, e.real([1], [])]), e.real([alpha], [])]);
  return e.node('Add', [e.node('Max', [x, zero(e)]), below], {}, output);
}

/** max(x, 0) + log(1 + exp(−|x|)), which does not overflow */
export function softplusInDouble(e: Emitter, x: string, output?: string): string {
  const power = e.node('Exp', [e.node('Neg', [e.node('Abs', [x])])]);
  const rest = e.node('Log', [e.node('Add', [power, e.real([1], [])])]);
  return e.node('Add', [e.node('Max', [x, zero(e)]), rest], {}, output);
}

/** sin(x + π/2) */
export function cosInDouble(e: Emitter, x: string, output?: string): string {
  return e.node('Sin', [e.node('Add', [x, e.real([Math.PI / 2], [])])], {}, output);
}

/**
 * 2/√π x exp(−x²) Σ (2x²)ⁿ/(2n + 1)!! for |x| up to 6, where erf is 1 to rounding. As 1 + 2x²/3·(1 + 2x²/5·(1 + …)):
 * ONNX Runtime takes a constant below 1e-45 that is added, as the coefficients of a polynomial are, for 0 and drops it.
 */
export function erfInDouble(e: Emitter, x: string, output?: string): string {
  const cut = e.node('Max', [e.node('Min', [x, e.real([6], [])]), e.real([-6], [])]);
  const squared = e.node('Mul', [cut, cut]);
  const twice = e.node('Mul', [squared, e.real([2], [])]);
  const one = e.real([1], []);
  let sum = one;
  for (let n = 139; n > 0; n--) {
    const step = e.node('Mul', [twice, e.real([1 / (2 * n + 1)], [])]);
    sum = e.node('Add', [e.node('Mul', [sum, step]), one]);
  }
  const weight = e.node('Mul', [
    e.node('Exp', [e.node('Neg', [squared])]),
    e.real([2 / Math.sqrt(Math.PI)], []),
  ]);
  return e.node('Mul', [e.node('Mul', [cut, weight]), sum], {}, output);
}

/**
 * atan x = 8 atan z, where x ↦ x/(1 + √(1 + x²)) halves the angle three times: |z| ≤ tan π/16, and
 * atan z = Σ (−1)ⁿ z²ⁿ⁺¹/(2n + 1). First √(1 + x²) is kept from overflow by a limit beyond which atan is ±π/2.
 */
export function atanInDouble(e: Emitter, x: string, output?: string): string {
  const one = e.real([1], []);
  let z = e.node('Max', [e.node('Min', [x, e.real([1e30], [])]), e.real([-1e30], [])]);
  for (let i = 0; i < 3; i++) {
    const length = e.node('Sqrt', [e.node('Add', [e.node('Mul', [z, z]), one])]);
    z = e.node('Div', [z, e.node('Add', [length, one])]);
  }
  const squared = e.node('Mul', [z, z]);
  const terms = Array.from({ length: 13 }, (_, n) => (n % 2 === 0 ? 1 : -1) / (2 * n + 1));
  const sum = terms.reverse().reduce<string>((rest, coefficient) => {
    const constant = e.real([coefficient], []);
    return rest === '' ? constant : e.node('Add', [e.node('Mul', [rest, squared]), constant]);
  }, '');
  return e.node('Mul', [e.node('Mul', [z, e.real([8], [])]), sum], {}, output);
}

const zero = (e: Emitter) => e.real([0], []);
