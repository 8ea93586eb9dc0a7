import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** Seeded random numbers for synthetic samples with known answers. */
export function randomNumbers(seed: number) {
  const generator = xoroshiro128plus(seed);
  const uniform = () => uniformFloat64(generator);
  const normal = () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  return { uniform, normal };
}

/** An AR(1) series of unit variance: autocorrelation `a^t`, statistical inefficiency `(1+a)/(1−a)`. */
export function autoregressive(frames: number, a: number, seed: number): Float64Array {
  const { normal } = randomNumbers(seed);
  const values = new Float64Array(frames);
  values[0] = normal();
  for (let i = 1; i < frames; i++) values[i] = a * values[i - 1] + Math.sqrt(1 - a * a) * normal();
  return values;
}

/** A von Mises deviate of mean 0 by rejection from the uniform distribution. */
export function vonMises(kappa: number, random: { uniform: () => number }): number {
  for (;;) {
    const angle = (2 * random.uniform() - 1) * Math.PI;
    if (random.uniform() < Math.exp(kappa * (Math.cos(angle) - 1))) return angle;
  }
}

export function standardDeviation(values: ArrayLike<number>): number {
  const list = Array.from(values);
  const mean = list.reduce((a, b) => a + b, 0) / list.length;
  return Math.sqrt(list.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (list.length - 1));
}
