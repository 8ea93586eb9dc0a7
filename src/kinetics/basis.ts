import type { LaggedMoments, ValueTable } from './lagged-moments.js';

/** Which of `count` disjoint sets each frame is in. */
export interface Labels {
  label: Int32Array;
  count: number;
}

/** Functions of the frames: the indicators of sets, group by group, then the columns of a table. */
export interface Basis {
  groups: readonly Labels[];
  table?: ValueTable;
}

/** Pairs of frames a lag apart, by their row. */
export interface Pairs {
  now: ArrayLike<number>;
  later: ArrayLike<number>;
  weight?: ArrayLike<number>;
}

/** How many functions a basis has. */
export function widthOf({ groups, table }: Basis): number {
  return groups.reduce((sum, { count }) => sum + count, table?.width ?? 0);
}

/** Adds pairs `from` to `to` to the moments; of each frame only the functions that are not zero are looked at. */
export function addPairs(
  moments: LaggedMoments,
  basis: Basis,
  { now, later, weight }: Pairs,
  from = 0,
  to = now.length,
): void {
  const first = new FrameFunctions(basis);
  const second = new FrameFunctions(basis);
  for (let i = from; i < to; i++) {
    const w = weight?.[i] ?? 1;
    moments.pairs += w;
    first.at(now[i]);
    second.at(later[i]);
    addSum(moments.sum, first, w);
    addSum(moments.sum, second, w);
    addProducts(moments.instantaneous, first, first, w);
    addProducts(moments.instantaneous, second, second, w);
    addProducts(moments.lagged, first, second, w);
    addProducts(moments.lagged, second, first, w);
  }
}

/** The functions of one frame that are not zero. */
class FrameFunctions {
  readonly index: Int32Array;
  readonly value: Float64Array;
  readonly width: number;

  constructor(private readonly basis: Basis) {
    const { groups, table } = basis;
    this.width = widthOf(basis);
    this.index = new Int32Array(groups.length + (table?.width ?? 0));
    this.value = new Float64Array(this.index.length).fill(1);
    const sets = this.width - (table?.width ?? 0);
    for (let i = groups.length; i < this.index.length; i++) this.index[i] = sets + i - groups.length;
  }

  at(frame: number): void {
    const { groups, table } = this.basis;
    let offset = 0;
    for (let g = 0; g < groups.length; g++) {
      this.index[g] = offset + groups[g].label[frame];
      offset += groups[g].count;
    }
    if (!table) return;
    for (let i = 0; i < table.width; i++)
      this.value[groups.length + i] = table.values[frame * table.width + i];
  }
}

function addSum(sum: Float64Array, { index, value }: FrameFunctions, weight: number): void {
  for (let i = 0; i < index.length; i++) sum[index[i]] += weight * value[i];
}

function addProducts(into: Float64Array, a: FrameFunctions, b: FrameFunctions, weight: number): void {
  for (let i = 0; i < a.index.length; i++) {
    const row = a.index[i] * a.width;
    const factor = weight * a.value[i];
    for (let j = 0; j < b.index.length; j++) into[row + b.index[j]] += factor * b.value[j];
  }
}
