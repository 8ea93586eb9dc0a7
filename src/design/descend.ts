import type { TrainingDensity } from './density.js';

/** Loss of each row and its gradient by the row `[rows, k]`. */
export type Losses = (rows: Float64Array) => Promise<{ loss: Float64Array; gradient: Float64Array }>;

const steps = 300;
/** Of the ranges in training. */
const firstStep = 0.03;
const [beta1, beta2, tiny] = [0.9, 0.99, 1e-12];

/** Every so many steps the rows are noted. */
const noted = 15;

/**
 * All rows at once down their losses by Adam (Kingma & Ba 2015, arXiv:1412.6980), in steps that shorten to nothing by a cosine,
 * each kept within the limit of the training's density.
 * @returns the best row of each way, and others on the ways: where many end in one place, those about it are good as well
 */
export async function descend(
  starts: Float64Array,
  density: TrainingDensity,
  losses: Losses,
): Promise<{ best: Float64Array; onTheWay: Float64Array[] }> {
  const { k } = density.rows;
  const rows = Float64Array.from(starts);
  const [mean, square] = [new Float64Array(rows.length), new Float64Array(rows.length)];
  const best = { rows: Float64Array.from(starts), loss: new Float64Array(starts.length / k).fill(Infinity) };
  const onTheWay: Float64Array[] = [];
  for (let step = 1; step <= steps + 1; step++) {
    const { loss, gradient } = await losses(rows);
    keepBest(best, { rows, loss }, k);
    if (step % noted === 0) onTheWay.push(Float64Array.from(rows));
    const rate = (firstStep * (1 + Math.cos((Math.PI * (step - 1)) / steps))) / 2;
    rows.forEach((_, i) => {
      mean[i] = beta1 * mean[i] + (1 - beta1) * gradient[i];
      square[i] = beta2 * square[i] + (1 - beta2) * gradient[i] ** 2;
      const [m, s] = [mean[i] / (1 - beta1 ** step), square[i] / (1 - beta2 ** step)];
      rows[i] -= (rate * m) / (Math.sqrt(s) + tiny);
    });
    for (let row = 0; row * k < rows.length; row++) density.pullBack(rows, row);
  }
  return { best: best.rows, onTheWay };
}

function keepBest(
  best: { rows: Float64Array; loss: Float64Array },
  { rows, loss }: { rows: Float64Array; loss: Float64Array },
  k: number,
): void {
  loss.forEach((value, row) => {
    if (!(value < best.loss[row])) return;
    best.loss[row] = value;
    best.rows.set(rows.subarray(row * k, (row + 1) * k), row * k);
  });
}
