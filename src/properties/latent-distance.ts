/** Training rows in the latent, at even distances in the table where there are more than so many. */
const mostKept = 1000;

/** Where the training rows lie in the latent, and how far from one another. */
export interface LatentSample {
  /** `[rows][k]`, rounded to six digits. */
  points: number[][];
  /** Percentiles of each point's distance to its nearest neighbour among the others, from 0 to 100 in steps of one. */
  percentiles: number[];
}

/**
 * A sample of the training rows' latent, against which further rows are held.
 * @param latent row-major `[rows, k]`
 */
export function latentSample(latent: ArrayLike<number>, k: number): LatentSample {
  const rows = latent.length / k;
  const kept = Math.min(rows, mostKept);
  const points = Array.from({ length: kept }, (_, i) => {
    const row = Math.floor((i * rows) / kept);
    return Array.from({ length: k }, (_, j) => Number(latent[row * k + j].toPrecision(6)));
  });
  const distances = points.map((point, i) => nearest(point, points, i)).sort((a, b) => a - b);
  const percentiles = Array.from({ length: 101 }, (_, percent) =>
    Number(distances[Math.round((percent / 100) * (distances.length - 1))].toPrecision(6)),
  );
  return { points, percentiles };
}

/**
 * Part (in percent) of the training rows that lie nearer to their neighbours in the latent than a row does to the nearest of
 * them: 100 where it lies farther than any of them.
 * @param latent row-major `[rows, k]`
 */
export function latentPercentiles(
  latent: ArrayLike<number>,
  { points, percentiles }: LatentSample,
): Float64Array {
  const k = points[0].length;
  return Float64Array.from({ length: latent.length / k }, (_, row) => {
    const point = Array.from({ length: k }, (_, j) => latent[row * k + j]);
    const distance = nearest(point, points);
    const beyond = percentiles.findIndex((value) => value >= distance);
    return beyond < 0 ? 100 : beyond;
  });
}

/** Distance to the nearest of the points but the one at `without`. */
function nearest(point: readonly number[], points: readonly (readonly number[])[], without = -1): number {
  let least = Infinity;
  points.forEach((other, i) => {
    if (i === without) return;
    let sum = 0;
    for (let j = 0; j < point.length; j++) sum += (point[j] - other[j]) ** 2;
    least = Math.min(least, sum);
  });
  return Math.sqrt(least);
}
