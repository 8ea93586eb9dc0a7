import { EigenvalueDecomposition, Matrix } from 'ml-matrix';

/** Rows of a table, or pairs of them, with a weight of mean 1 each. */
export interface WeightedPairs {
  now: Int32Array;
  later?: Int32Array;
  weight?: Float32Array;
}

/** Weights of mean 1; as they are where they are all zero. */
export function meanOne(weight: Float32Array): Float32Array {
  const mean = weight.reduce((sum, value) => sum + value / weight.length, 0);
  return mean > 0 ? weight.map((value) => value / mean) : weight;
}

type Table = Float32Array | Float64Array;

/** Time-lagged covariances of a latent, made symmetric in time. */
export interface LaggedCovariances {
  mean: number[];
  /** Instantaneous covariance `[k][k]`. */
  instantaneous: Matrix;
  /** Covariance at the lag, `[k][k]`. */
  lagged: Matrix;
}

/** Slow directions of a latent: columns of `directions` are eigenvectors, slowest first. */
export interface SlowDirections {
  mean: number[];
  eigenvalues: number[];
  directions: Matrix;
}

/**
 * Covariances over pairs `(now, later)`, each pair counted both ways (reversible estimate) and by its weight;
 * over frames where there are no pairs, and `lagged` is then `instantaneous`.
 * @param latent row-major `[frames, k]`
 */
export function laggedCovariances(
  latent: Table,
  k: number,
  { now, later = now, weight }: WeightedPairs,
): LaggedCovariances {
  const part = (i: number): number => (weight?.[i] ?? 1) / (2 * now.length);
  const mean = new Array<number>(k).fill(0);
  now.forEach((frame, at) => {
    for (let i = 0; i < k; i++) mean[i] += part(at) * (latent[frame * k + i] + latent[later[at] * k + i]);
  });
  const instantaneous = Matrix.zeros(k, k);
  const lagged = Matrix.zeros(k, k);
  now.forEach((frame, at) => {
    accumulate(instantaneous, lagged, latent, frame * k, later[at] * k, mean, part(at));
  });
  return { mean, instantaneous, lagged };
}

function accumulate(
  c0: Matrix,
  ct: Matrix,
  latent: Table,
  now: number,
  later: number,
  mean: number[],
  part: number,
): void {
  for (let i = 0; i < mean.length; i++) {
    const a = latent[now + i] - mean[i];
    const b = latent[later + i] - mean[i];
    for (let j = 0; j < mean.length; j++) {
      const c = latent[now + j] - mean[j];
      const d = latent[later + j] - mean[j];
      c0.set(i, j, c0.get(i, j) + part * (a * c + b * d));
      ct.set(i, j, ct.get(i, j) + part * (a * d + b * c));
    }
  }
}

/**
 * Solves the generalised eigenproblem Ct v = λ C0 v of TICA (Pérez-Hernández et al. 2013,
 * doi:10.1063/1.4811489) by whitening with C0^(-1/2).
 */
export function slowDirections({ mean, instantaneous, lagged }: LaggedCovariances): SlowDirections {
  const whitening = inverseSquareRoot(instantaneous);
  const spectrum = new EigenvalueDecomposition(whitening.mmul(lagged).mmul(whitening), {
    assumeSymmetric: true,
  });
  const order = descending(spectrum.realEigenvalues);
  return {
    mean,
    eigenvalues: order.map((i) => spectrum.realEigenvalues[i]),
    directions: whitening.mmul(spectrum.eigenvectorMatrix).subMatrixColumn(order),
  };
}

/** Uncorrelated directions by variance, largest first, where there is no lag to order by. */
export function principalDirections({ mean, instantaneous }: LaggedCovariances): SlowDirections {
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(instantaneous, {
    assumeSymmetric: true,
  });
  const order = descending(realEigenvalues);
  return {
    mean,
    eigenvalues: order.map((i) => realEigenvalues[i]),
    directions: eigenvectorMatrix.subMatrixColumn(order),
  };
}

function descending(values: number[]): number[] {
  return values.map((_, i) => i).sort((a, b) => values[b] - values[a]);
}

/**
 * Implied time scale −lag / ln λ, in the unit of the lag; 0 where the eigenvalue is not positive, NaN where it is 1 or more:
 * nothing decays but by round-off, so that there is none.
 */
export function impliedTimescale(eigenvalue: number, lag: number): number {
  if (eigenvalue >= 1) return NaN;
  return eigenvalue <= 0 ? 0 : -lag / Math.log(eigenvalue);
}

function inverseSquareRoot(covariance: Matrix): Matrix {
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(covariance, {
    assumeSymmetric: true,
  });
  const floor = 1e-10 * Math.max(...realEigenvalues);
  const roots = Matrix.diag(realEigenvalues.map((value) => 1 / Math.sqrt(Math.max(value, floor))));
  return eigenvectorMatrix.mmul(roots).mmul(eigenvectorMatrix.transpose());
}
