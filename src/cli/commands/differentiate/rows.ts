import { Random } from '../../../support/index.js';
import type { Dataset } from '../../../frames/index.js';
import type { KnownInput } from './known-inputs.js';

/** Frames at which the CVs' ranges are taken: enough for a grid, few enough for a large network in JavaScript. */
const mostFrames = 1000;

/** Frames of a table, evenly chosen where they are many. */
export function frameRows({
  data,
  columns,
  frames,
}: Pick<Dataset, 'columns' | 'data' | 'frames'>): number[][] {
  const stride = Math.ceil(frames / mostFrames);
  const count = Math.ceil(frames / stride);
  return Array.from({ length: count }, (_, i) => [
    ...data.subarray(i * stride * columns.length, (i * stride + 1) * columns.length),
  ]);
}

/** Inputs from their ranges or periods; from −1 to 1 where nothing is known. */
export function randomRows(known: readonly KnownInput[]): number[][] {
  const random = new Random(1);
  return Array.from({ length: 100 }, () =>
    known.map(({ range, period, sought = [-1, 1] }) => random.uniform(...(range ?? period ?? sought))),
  );
}

/** Where the first CV has its ends and its median. */
export function checkRows(rows: readonly number[][], values: readonly number[][]): number[][] {
  const order = rows.map((_, i) => i).sort((a, b) => values[a][0] - values[b][0]);
  const places = [0, order.length >> 1, order.length - 1];
  return [...new Set(places)].map((place) => rows[order[place]]);
}
