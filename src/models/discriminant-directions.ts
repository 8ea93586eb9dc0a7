import { inverse, Matrix, pseudoInverse } from 'ml-matrix';
import type { TrainingTable } from './method.js';
import { laggedCovariances, meanOne, slowDirections } from './slow-directions.js';

type LabelledTable = Pick<TrainingTable, 'now' | 'weight' | 'label'> & {
  features: Float32Array | Float64Array;
  width: number;
};

/**
 * Directions of linear discriminant analysis, best first: the eigenvectors of S_w⁻¹ S_b. `within` is how the
 * covariances of the states make S_w: their mean (Fisher 1936, doi:10.1111/j.1469-1809.1936.tb02137.x) or their
 * harmonic mean, which lets the state with the smaller fluctuations decide (HLDA; Mendels, Piccini & Parrinello
 * 2018, doi:10.1021/acs.jpclett.8b00733). All states count alike. Along each direction the last state lies above
 * the first.
 */
export function discriminantDirections(
  table: LabelledTable,
  within: 'arithmetic' | 'harmonic',
): { mean: number[]; eigenvalues: number[]; directions: Matrix } {
  const states = statesOf(table).map((rows) => laggedCovariances(table.features, table.width, rows));
  const mean = states[0].mean.map((_, i) => average(states.map((state) => state.mean[i])));
  const between = Matrix.zeros(table.width, table.width);
  for (const state of states) {
    const shift = Matrix.columnVector(state.mean).sub(Matrix.columnVector(mean));
    between.add(shift.mmul(shift.transpose()).div(states.length));
  }
  const covariances = states.map(({ instantaneous }) => instantaneous);
  const instantaneous = within === 'arithmetic' ? meanOf(covariances) : harmonicMeanOf(covariances);
  const found = slowDirections({ mean, instantaneous, lagged: between });
  return { ...found, directions: upwards(found.directions, states[0].mean, states.at(-1)!.mean) };
}

/** Along each direction the last state lies above the first. */
function upwards(directions: Matrix, first: number[], last: number[]): Matrix {
  const rise = Matrix.rowVector(last).sub(Matrix.rowVector(first)).mmul(directions);
  return directions
    .clone()
    .mulRowVector(Matrix.rowVector(rise.to1DArray().map((value) => (value < 0 ? -1 : 1))));
}

const average = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** The rows of each state that has some, in the order of the states: counted first, so that time grows with the rows. */
function statesOf({ now, weight, label }: LabelledTable): { now: Int32Array; weight?: Float32Array }[] {
  const stateOf = (frame: number): number => label?.[frame] ?? -1;
  const counts = new Map<number, number>();
  for (const frame of now) {
    const state = stateOf(frame);
    if (state >= 0) counts.set(state, (counts.get(state) ?? 0) + 1);
  }
  const inOrder = [...counts].sort(([a], [b]) => a - b);
  const rows = new Map(inOrder.map(([state, count]) => [state, { of: new Int32Array(count), next: 0 }]));
  now.forEach((frame, i) => {
    const own = rows.get(stateOf(frame));
    if (own) own.of[own.next++] = i;
  });
  return Array.from(rows.values(), ({ of }) => ({
    now: of.map((i) => now[i]),
    weight: weight && meanOne(Float32Array.from(of, (i) => weight[i])),
  }));
}

function meanOf(matrices: Matrix[]): Matrix {
  return matrices
    .reduce((sum, matrix) => sum.add(matrix), Matrix.zeros(matrices[0].rows, matrices[0].rows))
    .div(matrices.length);
}

/** (mean of the inverses)⁻¹; features that do not vary in a state are left to the pseudo-inverse. */
function harmonicMeanOf(matrices: Matrix[]): Matrix {
  return inverse(meanOf(matrices.map((matrix) => pseudoInverse(matrix))), true);
}
