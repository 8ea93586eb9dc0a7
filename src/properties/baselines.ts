import { EigenvalueDecomposition, Matrix } from 'ml-matrix';

/** What predictions are held against: the mean, ridge regression on all inputs, and on their first principal components. */
export interface Baselines {
  mean: Float64Array;
  ridge: Float64Array;
  'PCA and ridge': Float64Array;
}
export type BaselineName = keyof Baselines;

/** Rows `[n, d]`, row-major. */
export interface InputRows {
  data: ArrayLike<number>;
  width: number;
}

/** Penalties that are tried, as parts of the mean eigenvalue of the inputs' correlations times the rows. */
const penalties = Array.from({ length: 19 }, (_, i) => 10 ** (-6 + 0.5 * i));

/**
 * Predictions of one property for further rows by what everybody would try first. Inputs are scaled by their own deviation;
 * the penalty of ridge regression is that of the least generalized cross-validation (Golub, Heath & Wahba 1979,
 * doi:10.1080/00401706.1979.10489751).
 * @param components principal components that the last one takes
 */
export function baselinePredictions(
  known: InputRows & { property: ArrayLike<number> },
  further: InputRows,
  components: number,
): Baselines {
  const learned = Array.from({ length: known.property.length }, (_, i) => i).filter((i) =>
    Number.isFinite(known.property[i]),
  );
  const scale = scaling(known, learned);
  const [x, toPredict] = [scaled(known, scale, learned), scaled(further, scale)];
  const y = learned.map((i) => known.property[i]);
  const mean = y.reduce((sum, value) => sum + value / y.length, 0);
  const centred = Matrix.columnVector(y.map((value) => value - mean));
  const { vectors, values } = correlations(x);
  const [scores, furtherScores] = [x.mmul(vectors), toPredict.mmul(vectors)];
  const predict = (count: number): Float64Array => {
    const weights = ridgeWeights(scores, values, centred, count);
    const of = furtherScores.subMatrix(0, furtherScores.rows - 1, 0, count - 1).mmul(weights);
    return Float64Array.from(of.to1DArray(), (value) => value + mean);
  };
  return {
    mean: new Float64Array(toPredict.rows).fill(mean),
    ridge: predict(known.width),
    'PCA and ridge': predict(Math.min(components, known.width)),
  };
}

interface ColumnScaling {
  mean: number[];
  deviation: number[];
}

function scaling({ data, width }: InputRows, rows: readonly number[]): ColumnScaling {
  const mean = new Array<number>(width).fill(0);
  const square = new Array<number>(width).fill(0);
  for (const row of rows) for (let i = 0; i < width; i++) mean[i] += data[row * width + i] / rows.length;
  for (const row of rows)
    for (let i = 0; i < width; i++) square[i] += (data[row * width + i] - mean[i]) ** 2 / rows.length;
  return { mean, deviation: square.map((value) => Math.sqrt(value) || 1) };
}

function scaled(
  { data, width }: InputRows,
  { mean, deviation }: ColumnScaling,
  rows: readonly number[] = [...Array(data.length / width).keys()],
): Matrix {
  const out = new Matrix(rows.length, width);
  rows.forEach((row, n) => {
    for (let i = 0; i < width; i++) out.set(n, i, (data[row * width + i] - mean[i]) / deviation[i]);
  });
  return out;
}

/** Eigenvectors of XᵀX by falling eigenvalue. */
function correlations(x: Matrix): { vectors: Matrix; values: number[] } {
  const products = x.transpose().mmul(x);
  const { eigenvectorMatrix, realEigenvalues } = new EigenvalueDecomposition(products, {
    assumeSymmetric: true,
  });
  const order = realEigenvalues.map((_, i) => i).sort((a, b) => realEigenvalues[b] - realEigenvalues[a]);
  return {
    vectors: eigenvectorMatrix.subMatrixColumn(order),
    values: order.map((i) => Math.max(0, realEigenvalues[i])),
  };
}

/** Weights of the first components, with the penalty of the least generalized cross-validation. */
function ridgeWeights(scores: Matrix, values: readonly number[], y: Matrix, count: number): Matrix {
  const rows = y.rows;
  const first = scores.subMatrix(0, rows - 1, 0, count - 1);
  const products = first.transpose().mmul(y).to1DArray();
  const mean = values.slice(0, count).reduce((sum, value) => sum + value / count, 0) || 1;
  const total = y.to1DArray().reduce((sum, value) => sum + value ** 2, 0);
  const tried = penalties.map((part) => {
    const penalty = part * mean;
    let [residual, trace] = [total, 0];
    products.forEach((product, i) => {
      const kept = values[i] / (values[i] + penalty);
      if (values[i] > 0) residual -= (product ** 2 / values[i]) * (2 * kept - kept ** 2);
      trace += kept;
    });
    // one more parameter is the mean
    return { penalty, score: Math.max(0, residual) / Math.max(1e-9, rows - 1 - trace) ** 2 };
  });
  const { penalty } = tried.reduce((best, each) => (each.score < best.score ? each : best));
  return Matrix.columnVector(products.map((product, i) => product / (values[i] + penalty)));
}
