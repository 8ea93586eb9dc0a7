import { Matrix, SingularValueDecomposition } from 'ml-matrix';

/** `cv = (z − center) · matrix + shift` for row vectors z. */
export interface LatentAlignment {
  center: number[];
  /** `[k, k]` */
  matrix: Matrix;
  shift: number[];
  /** Part of the reference's variance that the aligned CVs give, 1 where they agree. */
  agreement: number;
}

/**
 * Turns CVs `[frames, k]` onto those of a reference on the same frames: a shift of the means and the orthogonal matrix
 * R that minimises Σ |(z − z̄) R − (z′ − z̄′)|², which is U Vᵀ of the singular value decomposition of Zᵀ Z′ (Schönemann
 * 1966, doi:10.1007/BF02289451). Signs, order and rotations are all such matrices.
 */
export function alignLatent(cv: Float64Array, reference: Float64Array, k: number): LatentAlignment {
  const [center, shift] = [cv, reference].map((values) => columnMeans(values, k));
  const cross = Matrix.zeros(k, k);
  const frames = cv.length / k;
  for (let frame = 0; frame < frames; frame++)
    for (let i = 0; i < k; i++)
      for (let j = 0; j < k; j++)
        cross.set(
          i,
          j,
          cross.get(i, j) + (cv[frame * k + i] - center[i]) * (reference[frame * k + j] - shift[j]),
        );
  const { leftSingularVectors, rightSingularVectors } = new SingularValueDecomposition(cross);
  const matrix = leftSingularVectors.mmul(rightSingularVectors.transpose());
  const aligned = applyAlignment(cv, { center, matrix, shift });
  return { center, matrix, shift, agreement: agreement(aligned, reference, shift) };
}

export function applyAlignment(
  cv: Float64Array,
  { center, matrix, shift }: Omit<LatentAlignment, 'agreement'>,
): Float64Array {
  const k = center.length;
  const out = new Float64Array(cv.length);
  for (let row = 0; row < cv.length; row += k)
    for (let j = 0; j < k; j++) {
      let sum = shift[j];
      for (let i = 0; i < k; i++) sum += (cv[row + i] - center[i]) * matrix.get(i, j);
      out[row + j] = sum;
    }
  return out;
}

function columnMeans(values: Float64Array, k: number): number[] {
  const means = new Array<number>(k).fill(0);
  values.forEach((value, i) => (means[i % k] += (value * k) / values.length));
  return means;
}

function agreement(aligned: Float64Array, reference: Float64Array, mean: readonly number[]): number {
  let [error, variance] = [0, 0];
  reference.forEach((value, i) => {
    error += (aligned[i] - value) ** 2;
    variance += (value - mean[i % mean.length]) ** 2;
  });
  return 1 - error / variance;
}
