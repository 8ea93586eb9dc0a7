/** The row that is nearest to some point, and how far it is. */
export interface NearestRow {
  /** −1 where there is none. */
  row: number;
  distance: number;
}

/**
 * The row nearest to a point, by Euclidean distance.
 * @param point `[k]`
 * @param rows row-major `[rows, k]`
 * @param but a row that does not count: the point itself
 */
export function nearestRow(point: ArrayLike<number>, rows: ArrayLike<number>, but = -1): NearestRow {
  const k = point.length;
  let [best, least] = [-1, Infinity];
  for (let row = 0, at = 0; at < rows.length; row++, at += k) {
    if (row === but) continue;
    let sum = 0;
    for (let j = 0; j < k && sum < least; j++) sum += (point[j] - rows[at + j]) ** 2;
    if (sum < least) [best, least] = [row, sum];
  }
  return { row: best, distance: Math.sqrt(least) };
}

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
  const all = points.flat();
  const distances = points.map((point, i) => nearestRow(point, all, i).distance).sort((a, b) => a - b);
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
  const all = points.flat();
  return Float64Array.from({ length: latent.length / k }, (_, row) => {
    const point = Array.from({ length: k }, (_, j) => latent[row * k + j]);
    const { distance } = nearestRow(point, all);
    const beyond = percentiles.findIndex((value) => value >= distance);
    return beyond < 0 ? 100 : beyond;
  });
}
