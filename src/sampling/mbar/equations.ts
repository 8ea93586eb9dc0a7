import { CholeskyDecomposition, Matrix } from 'ml-matrix';
import { LatentcvError } from '../../support/index.js';

/**
 * Solves H y = c, H the derivative of MBAR's equations by the free energies: diag(Σ p_k) − Σ_n p_k p_l. Only differences of free
 * energies are known, so that of the first state stays 0 and c must sum to 0.
 */
export class FreeEnergyEquations {
  private readonly factors: CholeskyDecomposition | undefined;

  /**
   * @param products Σ_n p_k p_l `[states, states]`
   */
  constructor(
    private readonly totals: Float64Array,
    products: Float64Array,
  ) {
    const width = totals.length;
    if (width < 2) return;
    const matrix = Matrix.zeros(width - 1, width - 1);
    for (let a = 1; a < width; a++)
      for (let b = 1; b <= a; b++) {
        const value = (a === b ? totals[a] : 0) - products[a * width + b];
        matrix.set(a - 1, b - 1, value).set(b - 1, a - 1, value);
      }
    this.factors = positiveFactors(matrix);
  }

  solve(right: ArrayLike<number>): Float64Array {
    const solution = new Float64Array(this.totals.length);
    if (!this.factors) return solution;
    const column = Matrix.columnVector(Array.from(right).slice(1));
    this.factors
      .solve(column)
      .to1DArray()
      .forEach((value, i) => (solution[i + 1] = value));
    return solution;
  }
}

/** Where nothing joins two groups of states H has no inverse: so little is added to it that only then it is felt. */
function positiveFactors(matrix: Matrix): CholeskyDecomposition {
  const most = matrix.diagonal().reduce((a, b) => Math.max(a, b), 0);
  for (let ridge = 1e-13; ridge < 1; ridge *= 100) {
    const raised = matrix.clone();
    for (let i = 0; i < raised.rows; i++) raised.set(i, i, raised.get(i, i) + ridge * most);
    const factors = new CholeskyDecomposition(raised);
    if (factors.isPositiveDefinite()) return factors;
  }
  throw new LatentcvError(
    'bad-data',
    'expected states whose free energies can be told but the equations of MBAR have no solution',
  );
}
