/**
 * The error function to rounding: its Maclaurin series near 0, and further out Lentz's evaluation of the continued
 * fraction of erfc (Abramowitz & Stegun 7.1.6 and 7.1.14).
 */
export function errorFunction(x: number): number {
  if (Number.isNaN(x)) return x;
  const size = Math.abs(x);
  const value = size < 2.5 ? series(size) : size > 6 ? 1 : 1 - complement(size);
  return x < 0 ? -value : value;
}

/** 2/√π exp(−x²) Σ 2ⁿ x²ⁿ⁺¹ / (2n + 1)!!, whose terms are all positive. */
function series(x: number): number {
  let term = x;
  let sum = x;
  for (let n = 1; term > 1e-17 * sum; n++) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
}

/** exp(−x²)/√π · 1/(x + ½/(x + 1/(x + 3⁄2/(x + …)))) */
function complement(x: number): number {
  let tail = x;
  for (let n = 60; n > 0; n--) tail = x + n / 2 / tail;
  return Math.exp(-x * x) / (Math.sqrt(Math.PI) * tail);
}
