/** ½ + (1/√π) ∫: the error function, to 1e-16 by its series below 2 and its continued fraction above (Abramowitz & Stegun 7.1.6, 7.1.14). */
function erf(x: number): number {
  const a = Math.abs(x);
  if (a < 2.5) {
    let [term, sum] = [a, a];
    for (let n = 1; Math.abs(term) > 1e-18 * sum && n < 200; n++) {
      term *= (2 * a * a) / (2 * n + 1);
      sum += term;
    }
    return (Math.sign(x) * 2 * Math.exp(-a * a) * sum) / Math.sqrt(Math.PI);
  }
  return Math.sign(x) * (1 - tail(a));
}

/** 1 − erf(a) for a above 2. */
function tail(a: number): number {
  let fraction = a;
  for (let n = 120; n > 0; n--) fraction = a + n / 2 / fraction;
  return Math.exp(-a * a) / (Math.sqrt(Math.PI) * fraction);
}

const erfc = (x: number): number => (x > 2.5 ? tail(x) : 1 - erf(x));

/** What Lepton calls its functions, with their number of arguments. */
export const functions: Readonly<Record<string, (...values: number[]) => number>> = {
  sqrt: (x) => Math.sqrt(x),
  exp: (x) => Math.exp(x),
  log: (x) => Math.log(x),
  sin: (x) => Math.sin(x),
  cos: (x) => Math.cos(x),
  tan: (x) => Math.tan(x),
  sec: (x) => 1 / Math.cos(x),
  csc: (x) => 1 / Math.sin(x),
  cot: (x) => 1 / Math.tan(x),
  asin: (x) => Math.asin(x),
  acos: (x) => Math.acos(x),
  atan: (x) => Math.atan(x),
  asec: (x) => Math.acos(1 / x),
  acsc: (x) => Math.asin(1 / x),
  acot: (x) => Math.atan(1 / x),
  atan2: (y, x) => Math.atan2(y, x),
  sinh: (x) => Math.sinh(x),
  cosh: (x) => Math.cosh(x),
  tanh: (x) => Math.tanh(x),
  sech: (x) => 1 / Math.cosh(x),
  csch: (x) => 1 / Math.sinh(x),
  coth: (x) => 1 / Math.tanh(x),
  asinh: (x) => Math.asinh(x),
  acosh: (x) => Math.acosh(x),
  atanh: (x) => Math.atanh(x),
  asech: (x) => Math.acosh(1 / x),
  acsch: (x) => Math.asinh(1 / x),
  acoth: (x) => Math.atanh(1 / x),
  erf,
  erfc,
  step: (x) => (x >= 0 ? 1 : 0),
  delta: (x) => (x === 0 ? 1 : 0),
  nandelta: (x) => (x === 0 ? NaN : 0),
  square: (x) => x * x,
  cube: (x) => x * x * x,
  recip: (x) => 1 / x,
  min: (x, y) => Math.min(x, y),
  max: (x, y) => Math.max(x, y),
  abs: (x) => Math.abs(x),
  floor: (x) => Math.floor(x),
  ceil: (x) => Math.ceil(x),
  select: (x, y, z) => (x !== 0 ? y : z),
};

/** Numbers that PLUMED's Lepton knows by name. */
export const constants: Readonly<Record<string, number>> = {
  e: Math.E,
  log2e: Math.LOG2E,
  log10e: Math.LOG10E,
  ln2: Math.LN2,
  ln10: Math.LN10,
  pi: Math.PI,
  pi_2: Math.PI / 2,
  pi_4: Math.PI / 4,
  sqrt2: Math.SQRT2,
  sqrt1_2: Math.SQRT1_2,
};
