import { expectNumbers, LatentcvError } from '../support/index.js';
import { expectSample, type Numbers, type WeightedSample } from '../sampling/index.js';

/**
 * The sample whose profile is the geometric free energy, F_G(s) = −kT ln ∫ δ(s(x) − s) |∇s(x)| exp(−U/kT) dx, which no change
 * of the coordinate's scale changes, s → f(s): the density of frames has the factor 1/f', the gradient f' (Hartmann & Schütte 2007,
 * doi:10.1016/j.physd.2007.02.011; for learned variables Dietrich & Salvalaglio 2025, doi:10.1063/5.0287912).
 *
 * `gradients` `[frames]`: lengths of the coordinate's gradient by the positions, of two coordinates the root of the determinant of
 * their products, in any unit. Weights become proportional to their product with them.
 * @throws LatentcvError `bad-data` where a gradient of a frame that counts is not a positive number or 0, or all are 0
 * @throws LatentcvError `bad-argument` where an argument is of another kind or length, or frames are weighed by MBAR
 */
export function geometricSample(sample: WeightedSample, gradients: Numbers): WeightedSample {
  expectNumbers(gradients, 'gradients');
  expectSample(sample, gradients.length);
  if (sample.mbar)
    throw new LatentcvError(
      'bad-argument',
      'expected frames of one bias for a geometric free energy but these are of several, weighed by MBAR',
    );
  const weights = Float64Array.from(sample.weights, (weight, i) => {
    if (weight === 0) return 0;
    const gradient = gradients[i];
    if (!(gradient >= 0 && gradient < Infinity))
      throw new LatentcvError(
        'bad-data',
        `expected lengths of gradients, of at least 0, but frame ${i + 1} has ${gradient}`,
      );
    return weight * gradient;
  });
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  if (!(all > 0)) throw new LatentcvError('bad-data', 'expected gradients, but all of them are 0');
  let squares = 0;
  weights.forEach((weight, i) => {
    weights[i] = weight / all;
    squares += weights[i] ** 2;
  });
  return { ...sample, weights, effectiveSize: 1 / squares };
}
