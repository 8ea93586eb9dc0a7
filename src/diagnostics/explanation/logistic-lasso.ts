import { invalidArgument } from '../../support/index.js';

/** A logistic regression of which most coefficients are 0. */
export interface LassoFit {
  intercept: number;
  /** By column, those that are not 0. */
  coefficients: ReadonlyMap<number, number>;
}

/** Steps are this small, in units of the linear predictor, where a fit ends. */
const tolerance = 1e-9;
const mostSteps = 200;
/** A column is taken in where its slope exceeds the penalty by more than this part of it. */
const slack = 1e-7;
const columnsAtOnce = 10;

/** ln(1 + eˣ), however large x is. */
const softplus = (x: number): number => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

/**
 * L1-penalised logistic regression: β that minimises −Σᵢ wᵢ ln p(yᵢ | xᵢ) + λ Σⱼ |βⱼ|, the intercept free (Tibshirani 1996;
 * Friedman, Hastie & Tibshirani 2010, doi:10.18637/jss.v033.i01). Newton steps on the columns whose β is not 0, each by cyclic
 * descent along the coordinates, until no other column's slope exceeds λ. scikit-learn's `LogisticRegression(C)` has C = 1/(λ Σ w).
 */
export class LogisticLasso {
  private intercept: number;
  private readonly beta = new Map<number, number>();
  private predictor: Float64Array;

  /**
   * @param columns each `[frames]`, of like deviations
   * @param inside 1 for frames of the state, 0 for the others
   * @param weights of the frames, with sum 1
   * @throws LatentcvError `bad-argument` where a side has no weight
   */
  constructor(
    private readonly columns: readonly Float64Array[],
    private readonly inside: ArrayLike<number>,
    private readonly weights: Float64Array,
  ) {
    const part = weights.reduce((sum, weight, i) => sum + weight * inside[i], 0);
    if (!(part > 0 && part < 1)) throw invalidArgument('frames on both sides', 'inside', part);
    this.intercept = Math.log(part / (1 - part));
    this.predictor = new Float64Array(weights.length).fill(this.intercept);
  }

  /** The smallest λ with which all coefficients are 0, before anything was fitted. */
  largestPenalty(): number {
    const slopes = this.slopes();
    return slopes.reduce((most, slope) => Math.max(most, Math.abs(slope)), 0);
  }

  /** The fit with a penalty λ > 0; quick where that is a little smaller than the last one's. */
  fit(penalty: number): LassoFit {
    if (!(penalty > 0)) throw invalidArgument('a positive number', 'penalty', penalty);
    for (;;) {
      this.descend(penalty);
      const lacking = this.lacking(penalty);
      if (lacking.length === 0) break;
      for (const column of lacking) this.beta.set(column, 0);
    }
    for (const [column, value] of this.beta) if (value === 0) this.beta.delete(column);
    return { intercept: this.intercept, coefficients: new Map(this.beta) };
  }

  /** w (y − p) of each frame. */
  private residuals(): Float64Array {
    return this.weights.map((weight, i) => weight * (this.inside[i] - sigmoid(this.predictor[i])));
  }

  private slopes(): Float64Array {
    const residuals = this.residuals();
    return Float64Array.from(this.columns, (column) => dot(column, residuals));
  }

  /** Columns that are to be taken in, those with the largest slopes. */
  private lacking(penalty: number): number[] {
    const slopes = this.slopes();
    return [...slopes.keys()]
      .filter((i) => !this.beta.has(i) && Math.abs(slopes[i]) > penalty * (1 + slack))
      .sort((a, b) => Math.abs(slopes[b]) - Math.abs(slopes[a]))
      .slice(0, columnsAtOnce);
  }

  /** Newton's steps on the columns at hand, halved where they lead up. */
  private descend(penalty: number): void {
    const places = [...this.beta.keys()];
    const columns = places.map((place) => this.columns[place]);
    let value = this.objective(
      this.predictor,
      places.map((place) => this.beta.get(place)!),
      penalty,
    );
    for (let step = 0; step < mostSteps; step++) {
      const beta = places.map((place) => this.beta.get(place)!);
      const { moves, size } = this.newtonStep(columns, beta, penalty);
      let next = { predictor: this.predictor, beta, value };
      for (let part = 1; part > 1e-10; part /= 2) {
        const predictor = this.predictor.slice();
        columns.forEach((column, j) => {
          for (let i = 0; i < predictor.length; i++) predictor[i] += part * moves[j] * column[i];
        });
        const shift = part * moves[columns.length];
        for (let i = 0; i < predictor.length; i++) predictor[i] += shift;
        const moved = beta.map((old, j) => old + part * moves[j]);
        const found = this.objective(predictor, moved, penalty);
        if (found > value + 1e-15) continue;
        next = { predictor, beta: moved, value: found };
        this.intercept += shift;
        break;
      }
      places.forEach((place, j) => this.beta.set(place, next.beta[j]));
      [this.predictor, value] = [next.predictor, next.value];
      if (size < tolerance || next.beta === beta) return;
    }
  }

  private objective(predictor: Float64Array, beta: readonly number[], penalty: number): number {
    let sum = penalty * beta.reduce((all, value) => all + Math.abs(value), 0);
    for (let i = 0; i < predictor.length; i++)
      sum += this.weights[i] * (softplus(predictor[i]) - this.inside[i] * predictor[i]);
    return sum;
  }

  /** The minimum of the quadratic form about β with the penalty, of the columns and then the intercept. */
  private newtonStep(
    columns: readonly Float64Array[],
    beta: readonly number[],
    penalty: number,
  ): { moves: Float64Array; size: number } {
    const m = columns.length;
    const residuals = this.residuals();
    const curvature = this.weights.map((weight, i) => {
      const p = sigmoid(this.predictor[i]);
      return weight * Math.max(p * (1 - p), 1e-10);
    });
    const ones = new Float64Array(residuals.length).fill(1);
    const all = [...columns, ones];
    const slope = all.map((column) => dot(column, residuals));
    const form = all.map((one) => {
      const weighed = one.map((value, i) => value * curvature[i]);
      return all.map((other) => dot(other, weighed));
    });
    const moves = new Float64Array(m + 1);
    for (let sweep = 0; sweep < 2000; sweep++) {
      let largest = 0;
      for (let j = 0; j <= m; j++) {
        if (!(form[j][j] > 0)) continue;
        // the slope without what this coordinate does
        let pull = slope[j] + form[j][j] * moves[j];
        for (let k = 0; k <= m; k++) pull -= form[j][k] * moves[k];
        const move =
          j === m ? pull / form[j][j] : soft(pull + form[j][j] * beta[j], penalty) / form[j][j] - beta[j];
        largest = Math.max(largest, Math.abs(move - moves[j]) * Math.sqrt(form[j][j]));
        moves[j] = move;
      }
      if (largest < tolerance / 100) break;
    }
    const size = moves.reduce((most, move, j) => Math.max(most, Math.abs(move) * Math.sqrt(form[j][j])), 0);
    return { moves, size };
  }
}

const soft = (x: number, by: number): number => Math.sign(x) * Math.max(Math.abs(x) - by, 0);

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}
