import {
  add,
  constant,
  div,
  mul,
  reduceSum,
  relu,
  reshape,
  sigmoid,
  sub,
  type Tensor,
} from '../../graph/index.js';
import { applySpread, type Spread } from './spread.js';

/** Newton's steps from a piecewise linear start; its test shows that they are enough. */
const newtonSteps = 4;

/**
 * What `spreadGraph` makes of a CV undone, `[n, k]` to `[n, k]`. A spread is monotone, but its inverse has no closed form:
 * Newton's steps go on from one that is linear between knots.
 */
export function spreadInverseGraph(spread: Spread, y: Tensor): Tensor {
  const valueAndSlope = withSlope(spread);
  let z = linearInverse(spread, y);
  for (let step = 0; step < newtonSteps; step++) {
    const { value, slope } = valueAndSlope(z);
    z = sub(z, div(sub(value, y), slope));
  }
  return z;
}

/** The spread of each z `[n, k]`, and its derivative. */
function withSlope({ centres, widths, slope, step, offset }: Spread) {
  const [k, m] = [slope.length, centres[0].length];
  const middles = constant(centres.flat(), [1, k, m]);
  const inverse = constant(
    widths.flat().map((width) => 1 / width),
    [1, k, m],
  );
  const [slopes, rise, shift] = [slope, step, offset].map((values) => constant(values, [1, k]));
  return (z: Tensor): { value: Tensor; slope: Tensor } => {
    const parts = sigmoid(mul(sub(reshape(z, [z.shape[0], k, 1]), middles), inverse));
    const rises = mul(mul(parts, sub(1, parts)), inverse);
    return {
      value: add(add(mul(z, slopes), mul(reduceSum(parts, [2]), rise)), shift),
      slope: add(slopes, mul(reduceSum(rises, [2]), rise)),
    };
  };
}

/** The inverse through the spread's values at knots, linear between them and beyond. */
function linearInverse(spread: Spread, y: Tensor): Tensor {
  const k = spread.slope.length;
  const all = spread.slope.map((_, j) => brokenLine(spread, j));
  const count = Math.max(...all.map(({ at }) => at.length));
  const table = (pick: (line: BrokenLine) => number[]): Tensor =>
    constant(
      all.flatMap((line) => Object.assign(new Array<number>(count).fill(0), pick(line))),
      [1, k, count],
    );
  const at = table((line) => line.at);
  const beyond = relu(sub(reshape(y, [y.shape[0], k, 1]), at));
  const bent = reduceSum(
    mul(
      beyond,
      table((line) => line.change),
    ),
    [2],
  );
  const row = (pick: (line: BrokenLine) => number): Tensor => constant(all.map(pick), [1, k]);
  return add(
    add(
      mul(
        y,
        row((line) => line.slope),
      ),
      row((line) => line.offset),
    ),
    bent,
  );
}

/** A piecewise linear function: `offset + slope · y + Σ change · relu(y − at)`. */
interface BrokenLine {
  offset: number;
  slope: number;
  at: number[];
  change: number[];
}

function brokenLine(spread: Spread, j: number): BrokenLine {
  const z = knots(spread, j);
  const y = valuesOf(spread, j, z);
  const slopes = z.slice(1).map((next, i) => (next - z[i]) / (y[i + 1] - y[i]));
  const [slope] = slopes;
  return {
    slope,
    offset: z[0] - slope * y[0],
    at: y.slice(1, -1),
    change: slopes.slice(1).map((next, i) => next - slopes[i]),
  };
}

/** Even ones over the CV's range and beyond, and closer ones about each step. */
function knots({ centres, widths }: Spread, j: number): number[] {
  const even = Array.from({ length: 65 }, (_, i) => -1.5 + (3 * i) / 64);
  const near = centres[j].flatMap((centre, s) =>
    [-4, -2, -1, 0, 1, 2, 4].map((w) => centre + w * widths[j][s]),
  );
  const sorted = [...even, ...near].sort((a, b) => a - b);
  return sorted.filter((z, i) => i === 0 || z - sorted[i - 1] > 1e-3);
}

function valuesOf({ centres, widths, slope, step, offset }: Spread, j: number, z: number[]): number[] {
  const own = {
    centres: [centres[j]],
    widths: [widths[j]],
    slope: [slope[j]],
    step: [step[j]],
    offset: [offset[j]],
  };
  return [...applySpread(own, Float64Array.from(z))];
}
