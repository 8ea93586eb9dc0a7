import { mul, reduceMean, square, sub, type Tensor } from '../graph/index.js';

/** Mean over the frames (the first axis) of rows `[n, m]` with weights `[n, 1]` of mean 1, `[1, m]`. */
export function frameMean(rows: Tensor, weight?: Tensor): Tensor {
  return reduceMean(weight ? mul(rows, weight) : rows, [0], true);
}

/** Mean of (a − b)² over frames and features, frames by their weight. */
export function reconstructionError(a: Tensor, b: Tensor, weight?: Tensor): Tensor {
  return reduceMean(frameMean(square(sub(a, b)), weight));
}
