const rounds = 30;

/**
 * Clusters rows of a table `[rows, width]` by Lloyd's algorithm (1982, doi:10.1109/TIT.1982.1056489) from centres each
 * the farthest from those before it (Gonzalez 1985), so that the outcome needs no random numbers.
 * @param most rows that centres are sought among; more only cost time
 * @returns the cluster of each row
 */
export function kMeans(
  data: Float32Array | Float64Array,
  width: number,
  count: number,
  most = 20_000,
): Int32Array {
  return nearestCentres(data, width, kMeansCentres(data, width, count, most));
}

/** The centres of the clusters alone, by which other rows can be told apart as well. */
export function kMeansCentres(
  data: Float32Array | Float64Array,
  width: number,
  count: number,
  most = 20_000,
): Float64Array[] {
  const rows = data.length / width;
  const stride = Math.max(1, Math.floor(rows / most));
  const chosen = Int32Array.from({ length: Math.ceil(rows / stride) }, (_, i) => i * stride);
  const table = { data, width };
  const centres = farthestFirst(table, chosen, count);
  for (let round = 0; round < rounds; round++) {
    if (!moveToMeans(table, chosen, centres)) break;
  }
  return centres;
}

/** Which centre each row is nearest to. */
export function nearestCentres(
  data: Float32Array | Float64Array,
  width: number,
  centres: Float64Array[],
): Int32Array {
  return Int32Array.from(
    { length: data.length / width },
    (_, row) => nearest({ data, width }, row, centres).index,
  );
}

interface Table {
  data: Float32Array | Float64Array;
  width: number;
}

function farthestFirst(table: Table, chosen: Int32Array, count: number): Float64Array[] {
  const centres = [rowOf(table, chosen[0])];
  while (centres.length < count) {
    let [farthest, distance] = [chosen[0], -1];
    for (const row of chosen) {
      const { squared } = nearest(table, row, centres);
      if (squared > distance) [farthest, distance] = [row, squared];
    }
    centres.push(rowOf(table, farthest));
  }
  return centres;
}

/** Whether any centre moved; one that lost all its rows stays. */
function moveToMeans(table: Table, chosen: Int32Array, centres: Float64Array[]): boolean {
  const sums = centres.map((centre) => new Float64Array(centre.length));
  const sizes = centres.map(() => 0);
  for (const row of chosen) {
    const { index } = nearest(table, row, centres);
    sizes[index]++;
    const from = row * table.width;
    for (let i = 0; i < table.width; i++) sums[index][i] += table.data[from + i];
  }
  let moved = false;
  centres.forEach((centre, c) => {
    if (sizes[c] === 0) return;
    sums[c].forEach((sum, i) => {
      const mean = sum / sizes[c];
      moved ||= mean !== centre[i];
      centre[i] = mean;
    });
  });
  return moved;
}

function nearest(
  { data, width }: Table,
  row: number,
  centres: Float64Array[],
): { index: number; squared: number } {
  let [index, squared] = [0, Infinity];
  centres.forEach((centre, c) => {
    let sum = 0;
    for (let i = 0; i < width && sum < squared; i++) sum += (data[row * width + i] - centre[i]) ** 2;
    if (sum < squared) [index, squared] = [c, sum];
  });
  return { index, squared };
}

function rowOf({ data, width }: Table, row: number): Float64Array {
  return Float64Array.from(data.subarray(row * width, (row + 1) * width));
}
