import type { Layers } from './layers.js';

/** Cells parted by the peaks of the density that they lead up to. */
export interface Basins {
  /** The basin of each cell. */
  of: Int32Array;
  /** The cell of each basin's peak. */
  peaks: number[];
  /** Where two basins touch, the cell in which the density is highest. */
  saddles: Saddle[];
}

export interface Saddle {
  between: readonly [number, number];
  cell: number;
}

/** Cells as near as this, in widths of the wider kernels, are neighbours: two kernels have no dip between them there. */
const neighbourReach = 2;

/**
 * Basins of a density by the algorithm ToMATo (Chazal, Guibas, Oudot & Skraba 2013, doi:10.1145/2535927): cells are taken from
 * the densest on; each joins the basin that its densest neighbour is in, or begins one; where two basins meet, the lower
 * one joins the other if ln(its peak / the density there) is below `depth`: the barrier out of it in kT.
 */
export function basinsOf(cells: Layers, density: Float64Array, depth: number): Basins {
  const roots = new Int32Array(cells.size).fill(-1);
  const saddles = new Map<string, number>();
  const neighbours = cells.neighbours(neighbourReach);
  const beside: number[] = [];
  for (const cell of descending(density)) {
    beside.length = 0;
    for (const other of neighbours[cell]) if (roots[other] >= 0) beside.push(other);
    if (beside.length === 0) {
      roots[cell] = cell;
      continue;
    }
    const up = beside.reduce((best, other) => (density[other] > density[best] ? other : best));
    roots[cell] = rootOf(roots, up);
    for (const other of beside) {
      const [own, met] = [rootOf(roots, cell), rootOf(roots, other)];
      if (own === met) continue;
      const [low, high] = density[own] < density[met] ? [own, met] : [met, own];
      if (Math.log(density[low] / density[cell]) < depth) roots[low] = high;
      else if (!saddles.has(`${low} ${high}`)) saddles.set(`${low} ${high}`, cell);
    }
  }
  return named(roots, density, saddles);
}

function descending(density: Float64Array): Uint32Array {
  return Uint32Array.from(density.keys()).sort((a, b) => density[b] - density[a]);
}

function rootOf(roots: Int32Array, cell: number): number {
  let root = cell;
  while (roots[root] !== root) root = roots[root];
  for (let at = cell; at !== root;) [at, roots[at]] = [roots[at], root];
  return root;
}

function named(roots: Int32Array, density: Float64Array, met: ReadonlyMap<string, number>): Basins {
  const of = roots.map((_, cell) => rootOf(roots, cell));
  const peaks = [...new Set(of)].sort((a, b) => density[b] - density[a]);
  const numbers = new Map(peaks.map((peak, basin) => [peak, basin]));
  const saddles = [...met].map(([pair, cell]): Saddle => {
    const [a, b] = pair.split(' ').map((root) => numbers.get(of[Number(root)])!);
    return { between: [Math.min(a, b), Math.max(a, b)], cell };
  });
  return { of: of.map((peak) => numbers.get(peak)!), peaks, saddles: highest(saddles, density) };
}

/** Of the saddles between two basins the highest alone; those within one are none. */
export function highest(saddles: readonly Saddle[], density: Float64Array): Saddle[] {
  const found = new Map<string, Saddle>();
  for (const saddle of saddles) {
    const [a, b] = saddle.between;
    const before = found.get(`${a} ${b}`);
    if (a !== b && (!before || density[saddle.cell] > density[before.cell])) found.set(`${a} ${b}`, saddle);
  }
  return [...found.values()];
}

/** One basin joined to another, whose number it takes; the numbers of others stay. */
export function join(basins: Basins, from: number, into: number, density: Float64Array): Basins {
  const moved = (basin: number): number => (basin === from ? into : basin);
  const saddles = basins.saddles.map(({ between, cell }): Saddle => {
    const [a, b] = between.map(moved);
    return { between: [Math.min(a, b), Math.max(a, b)], cell };
  });
  return { ...basins, of: basins.of.map(moved), saddles: highest(saddles, density) };
}
