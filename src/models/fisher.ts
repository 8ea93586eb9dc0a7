import { add, identity, inverseSpd, matmul, mul, sub, trace, type Tensor } from '../graph/index.js';
import { stateMoments } from './states.js';

/**
 * Fisher's ratio of a latent `[n, k]`: tr(S_w⁻¹ S_b), the sum of the eigenvalues of linear discriminant analysis,
 * with S_w the mean of the states' covariances plus `ridge`, and S_b the covariance of their means, all states
 * counting alike (Fisher 1936, doi:10.1111/j.1469-1809.1936.tb02137.x).
 */
export function fisherRatio(latent: Tensor, label: Tensor, ridge: number, weight?: Tensor): Tensor {
  const k = latent.shape[1] as number;
  const states = stateMoments(latent, label, weight);
  const average = (terms: Tensor[]): Tensor =>
    mul(
      terms.reduce((a, b) => add(a, b)),
      1 / terms.length,
    );
  const within = average(
    states.map(({ mean, weight: part }) => {
      const centred = sub(latent, mean);
      return matmul(mul(centred, part), centred, { transposeA: true });
    }),
  );
  const centre = average(states.map(({ mean }) => mean));
  const between = average(
    states.map(({ mean }) => {
      const shift = sub(mean, centre);
      return matmul(shift, shift, { transposeA: true });
    }),
  );
  return trace(matmul(inverseSpd(add(within, mul(identity(k), ridge))), between));
}
