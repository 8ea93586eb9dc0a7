import { type Numbers, framesIn, splitIntoBlocks } from '../sampling/index.js';
import type { Segment } from '../frames/index.js';
import { type FineAxis, Stencil } from './axes/index.js';

/** A block for the error: frames of one range, or of several whole ones where there are very many. */
export type ErrorBlock = readonly Segment[];

/** About `count` blocks of equal length, but `most`, each inside one range; of more ranges whole ones together. */
export function blocksOf(ranges: readonly Segment[], count: number, most: number): ErrorBlock[] {
  if (ranges.length <= most) return splitIntoBlocks(ranges, Math.min(count, most)).map((block) => [block]);
  const blocks: Segment[][] = [];
  const [share, before] = [framesIn(ranges) / most, { frames: 0 }];
  for (const range of ranges) {
    const block = Math.min(most - 1, Math.floor(before.frames / share));
    (blocks[block] ??= []).push(range);
    before.frames += range.end - range.start;
  }
  return blocks.filter(Boolean);
}

/** What is kept of all blocks: sums over them, however many they are. */
export interface BlockMoments {
  /** Weights of all frames on the nodes `[y, x]`. */
  weights: Float64Array;
  /** Numbers of frames on the nodes, each on its nearest. */
  frames: Float64Array;
  /** Sums over blocks of products of two moments a ≤ b, `[cells]`: `products[a][b − a]`. */
  products: Float64Array[][];
  /** The same of a moment and the weight of its block. */
  withWeight: Float64Array[];
  /** Sums of the blocks' weights and of their squares. */
  weight: number;
  weightSquared: number;
}

/**
 * Lays the frames of each block down on the nodes of one or two axes and sums what an error needs over the
 * blocks; `momentsOf` makes moments `[cells]` of what lies on the nodes.
 */
export function blockMoments(
  frameWeights: Numbers,
  blocks: readonly ErrorBlock[],
  axes: readonly FineAxis[],
  momentsOf: (amounts: Float64Array) => Float64Array[],
): BlockMoments {
  const size = axes.reduce((product, { nodes }) => product * nodes, 1);
  const sums: BlockMoments = {
    weights: new Float64Array(size),
    frames: new Float64Array(size),
    products: [],
    withWeight: [],
    weight: 0,
    weightSquared: 0,
  };
  const amounts = new Float64Array(size);
  for (const block of blocks) {
    amounts.fill(0);
    let weight = 0;
    for (const range of block) weight += layDown(frameWeights, range, axes, amounts, sums.frames);
    for (let i = 0; i < size; i++) sums.weights[i] += amounts[i];
    addBlock(sums, momentsOf(amounts), weight);
  }
  return sums;
}

/**
 * Lays the weights of a range down on the nodes and, where `frames` is given, each frame on its nearest; returns the weight of the
 * frames, those that lie outside the nodes included.
 */
export function layDown(
  frameWeights: Numbers,
  { start, end }: Segment,
  axes: readonly FineAxis[],
  amounts: Float64Array,
  frames?: Float64Array,
): number {
  const [x, y] = axes.map((axis) => new Stencil(axis));
  let sum = 0;
  for (let frame = start; frame < end; frame++) {
    const weight = frameWeights[frame];
    sum += weight;
    if (weight === 0 && !frames) continue;
    if (!x.place(x.axis.values[frame])) continue;
    if (y && !y.place(y.axis.values[frame])) continue;
    if (frames) frames[(y ? y.nearest() * x.axis.nodes : 0) + x.nearest()]++;
    for (let j = 0; j < (y ? y.count : 1); j++) {
      const row = y ? y.nodes[j] * x.axis.nodes : 0;
      const part = y ? weight * y.parts[j] : weight;
      for (let i = 0; i < x.count; i++) amounts[row + x.nodes[i]] += part * x.parts[i];
    }
  }
  return sum;
}

function addBlock(sums: BlockMoments, moments: Float64Array[], weight: number): void {
  sums.weight += weight;
  sums.weightSquared += weight * weight;
  moments.forEach((a, i) => {
    const withWeight = (sums.withWeight[i] ??= new Float64Array(a.length));
    for (let cell = 0; cell < a.length; cell++) withWeight[cell] += weight * a[cell];
    moments.slice(i).forEach((b, j) => {
      const product = ((sums.products[i] ??= [])[j] ??= new Float64Array(a.length));
      for (let cell = 0; cell < a.length; cell++) product[cell] += a[cell] * b[cell];
    });
  });
}

/** What blocks say of cells. */
export interface CellSpread {
  /** Variance of each cell's log density. */
  variance: Float64Array;
  /** Σ over blocks of the square of what part of the density is theirs: its inverse is how many blocks the cell rests on. */
  own: Float64Array;
}

/**
 * The spread of cells over blocks that carry different weights: `n/(n − 1) Σ (Nᵢ − Dᵢ/D)²`, D their weights, n Kish's effective number of
 * them and N what a cell's factors make of the moments, in sum 1.
 */
export function blockSpread(
  sums: BlockMoments,
  factors: readonly (readonly number[] | undefined)[],
): CellSpread {
  const effective = sums.weight ** 2 / sums.weightSquared;
  const spread = { variance: new Float64Array(factors.length), own: new Float64Array(factors.length) };
  factors.forEach((ofCell, cell) => {
    if (!ofCell) return;
    const { squares, own } = spreadOverBlocks(sums, cell, ofCell);
    spread.variance[cell] = (squares * effective) / (effective - 1);
    spread.own[cell] = own;
  });
  return spread;
}

/**
 * `Σ (Nᵢ − Dᵢ/D)²` over the blocks, D their weights and N what these factors make of the moments, in sum 1;
 * and `Σ Nᵢ²`, whose inverse is how many blocks the cell rests on.
 */
export function spreadOverBlocks(
  sums: BlockMoments,
  cell: number,
  factors: readonly number[],
): { squares: number; own: number } {
  let [own, mixed] = [0, 0];
  factors.forEach((a, i) => {
    mixed += a * sums.withWeight[i][cell];
    for (let j = i; j < factors.length; j++) {
      own += (i === j ? 1 : 2) * a * factors[j] * sums.products[i][j - i][cell];
    }
  });
  const squares = own - (2 * mixed) / sums.weight + sums.weightSquared / sums.weight ** 2;
  return { squares: Math.max(0, squares), own };
}
