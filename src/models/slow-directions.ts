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
    const row = (index: number): number[] => mean.map((average, i) => latent[index * k + i] - average);
    accumulate({ instantaneous, lagged }, row(frame), row(later[at]), part(at));
  });
  return { mean, instantaneous, lagged };
}

/** Adds a pair of rows about their mean, counted both ways and by its part of all. */
function accumulate(
  { instantaneous: c0, lagged: ct }: Pick<LaggedCovariances, 'instantaneous' | 'lagged'>,
  now: readonly number[],
  later: readonly number[],
  part: number,
): void {
  for (let i = 0; i < now.length; i++) {
    for (let j = 0; j < now.length; j++) {
      c0.set(i, j, c0.get(i, j) + part * (now[i] * now[j] + later[i] * later[j]));
      ct.set(i, j, ct.get(i, j) + part * (now[i] * later[j] + later[i] * now[j]));
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

/** A latent's covariance, and the mean of Γ of each two of its components (see `GeneratorOfMethod`). */
export interface Relaxation {
  mean: number[];
  covariance: Matrix;
  /** In 1/ps times the unit of `covariance`. */
  dissipation: Matrix;
}

/**
 * Eigenfunctions of a generator L in the span of a latent (Rayleigh and Ritz): D v = μ C v with D = −⟨f, L g⟩ and the covariance
 * C, by whitening; `eigenvalues` are the rates μ in 1/ps, slowest first.
 */
export function relaxingDirections({ mean, covariance, dissipation }: Relaxation): SlowDirections {
  const lagged = Matrix.mul(dissipation, -1);
  const { eigenvalues, directions } = slowDirections({ mean, instantaneous: covariance, lagged });
  return { mean, eigenvalues: eigenvalues.map((value) => -value), directions };
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

/** Eigenvalues this close to 1 (or above it) are 1 to the round-off of the covariances: no decay was seen. */
const undecayed = 1 - 1e-9;

/**
 * Implied time scale −lag / ln λ, in the unit of the lag; 0 where the eigenvalue is not positive, NaN where no decay was
 * seen at the lag (λ is 1 to round-off, as of a column that is constant within each trajectory): there is none then.
 */
export function impliedTimescale(eigenvalue: number, lag: number): number {
  if (eigenvalue >= undecayed) return NaN;
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
