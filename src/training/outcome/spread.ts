import { add, affine, constant, matmul, sigmoid, type Tensor } from '../../graph/index.js';
import { ranges } from '../ranges.js';

/**
 * A monotone function for each CV that gives every stretch of it room by its length and by how many training
 * frames lie in it: `a·z + Σ b·σ((z − centre)/width) + c`, with `[k]` numbers a, b, c and `[k][m]` centres and widths.
 */
export interface Spread {
  centres: number[][];
  widths: number[][];
  slope: number[];
  step: number[];
  offset: number[];
}

/** Logistic steps of a CV. */
const steps = 16;
/** Smallest width of a step, of a CV that spans 2: finer than this, forces would get rough. */
const smallestWidth = 0.025;

/**
 * A slow latent is nearly flat within a state and steep between states, so that a state can be squeezed into a few
 * hundredths of the range; a bias with one kernel width for all of it then hardly sees what is in there. Here a
 * fraction `share` of the range is given out by the distribution function of the training frames (smoothed: one
 * logistic step at each sixteenth of the frames), the rest by length; the outcome spans [−1, 1] again.
 * Monotone, so it tells apart what the latent did, no more and no less.
 * @param cv row-major `[frames, k]`, each column but the angles spanning [−1, 1]
 * @param angles how many of the columns, the first ones, are angles and stay as they are
 */
export function fitSpread(cv: Float64Array, k: number, share: number, angles = 0): Spread {
  const centres = Array.from({ length: k }, (_, j) => quantiles(column(cv, k, j)));
  const widths = centres.map((list) => list.map((_, i) => Math.max(smallestWidth, spacing(list, i))));
  const raw: Spread = {
    centres,
    widths,
    slope: centres.map((_, j) => (j < angles ? 1 : 1 - share)),
    step: centres.map((_, j) => (j < angles ? 0 : (2 * share) / steps)),
    offset: centres.map((_, j) => (j < angles ? 0 : -share)),
  };
  const { min, max } = ranges(applySpread(raw, cv), k);
  const factor = min.map((low, j) => (j < angles ? 1 : 2 / (max[j] - low)));
  return {
    centres,
    widths,
    slope: raw.slope.map((value, j) => value * factor[j]),
    step: raw.step.map((value, j) => value * factor[j]),
    offset: raw.offset.map((value, j) => (j < angles ? 0 : (value - (min[j] + max[j]) / 2) * factor[j])),
  };
}

/** The function on numbers, row-major `[frames, k]`. */
export function applySpread(
  { centres, widths, slope, step, offset }: Spread,
  cv: Float64Array,
): Float64Array {
  const k = slope.length;
  return cv.map((z, i) => {
    const j = i % k;
    const sum = centres[j].reduce((total, centre, s) => total + logistic((z - centre) / widths[j][s]), 0);
    return slope[j] * z + step[j] * sum + offset[j];
  });
}

/** The same as a graph, `[n, k]`: affine layers, one sigmoid and a sum. */
export function spreadGraph({ centres, widths, slope, step, offset }: Spread, z: Tensor): Tensor {
  const k = slope.length;
  const [into, out, diagonal] = [
    new Float64Array(k * k * steps),
    new Float64Array(k * k * steps),
    new Float64Array(k * k),
  ];
  for (let j = 0; j < k; j++) {
    diagonal[j * k + j] = slope[j];
    for (let s = 0; s < steps; s++) {
      into[j * k * steps + j * steps + s] = 1 / widths[j][s];
      out[(j * steps + s) * k + j] = step[j];
    }
  }
  const shift = centres.flatMap((list, j) => list.map((centre, s) => -centre / widths[j][s]));
  const parts = sigmoid(
    affine(z, constant(into, [k, k * steps], 'spread.weight'), constant(shift, [k * steps], 'spread.bias')),
  );
  const stepped = affine(
    parts,
    constant(out, [k * steps, k], 'spread.step'),
    constant(offset, [k], 'spread.offset'),
  );
  return add(stepped, matmul(z, constant(diagonal, [k, k], 'spread.slope')));
}

const logistic = (x: number): number => 1 / (1 + Math.exp(-x));

function column(table: Float64Array, k: number, j: number): Float64Array {
  return Float64Array.from({ length: table.length / k }, (_, row) => table[row * k + j]).sort();
}

/** The middles of `steps` parts with equally many frames. */
function quantiles(sorted: Float64Array): number[] {
  return Array.from({ length: steps }, (_, i) => sorted[Math.floor(((i + 0.5) / steps) * sorted.length)]);
}

/** Mean distance to the neighbours. */
function spacing(list: number[], i: number): number {
  const [before, after] = [Math.max(0, i - 1), Math.min(list.length - 1, i + 1)];
  return (list[after] - list[before]) / (after - before);
}
