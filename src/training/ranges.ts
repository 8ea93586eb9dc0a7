/** Smallest and largest values, one of each a column. */
export interface Ranges {
  min: number[];
  max: number[];
}

/** Smallest and largest value of each column of a row-major table. */
export function ranges(table: Float64Array, width: number): Ranges {
  const min = new Array<number>(width).fill(Infinity);
  const max = new Array<number>(width).fill(-Infinity);
  for (let i = 0; i < table.length; i++) {
    const column = i % width;
    if (table[i] < min[column]) min[column] = table[i];
    if (table[i] > max[column]) max[column] = table[i];
  }
  return { min, max };
}
