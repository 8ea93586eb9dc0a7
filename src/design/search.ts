import { Random } from '../support/index.js';
import { largestOf, shortfalls, sumOf, type Aim, type Wanted } from './aims.js';
import type { TrainingDensity } from './density.js';
import { descend } from './descend.js';
import type { KnownRows } from './known-rows.js';
import type { Landscape } from './landscape.js';

/** Weights of a front's two properties: so many, evenly from one to the other. */
const weightsOfFront = 21;

/** What a search is told. */
export interface Search {
  wanted: Wanted;
  front: boolean;
  starts: number;
  seed: number;
}

/** Latent rows at the ends of all ways down and, unless they are a front, on the ways. */
export async function sought(
  landscape: Landscape,
  density: TrainingDensity,
  known: KnownRows,
  { wanted, front, starts, seed }: Search,
): Promise<Float64Array> {
  const { k, p } = landscape;
  const aims = front ? aimsOfFront(wanted, known.said.property, p) : [sumOf(wanted)];
  const each = Math.max(1, Math.ceil(starts / aims.length));
  const rows = aims.flatMap((aim, i) => startRows(aim, known.said.property, p, each, seed + i));
  const lanes = aims.flatMap((aim) => new Array<Aim>(rows.length / aims.length).fill(aim));
  const begin = new Float64Array(rows.length * k);
  rows.forEach((row, lane) => begin.set(known.latent.subarray(row * k, (row + 1) * k), lane * k));
  const { best, onTheWay } = await descend(begin, density, async (latent) => {
    const { property, slopes } = await landscape.told(latent);
    return lossesOf(lanes, { property, slopes }, k, p);
  });
  const all = front ? [best] : [best, ...onTheWay];
  const rowsOfAll = new Float64Array(all.length * best.length);
  all.forEach((each, i) => rowsOfAll.set(each, i * best.length));
  return rowsOfAll;
}

function lossesOf(
  aims: readonly Aim[],
  { property, slopes }: { property: Float64Array; slopes: Float64Array },
  k: number,
  p: number,
): { loss: Float64Array; gradient: Float64Array } {
  const loss = new Float64Array(aims.length);
  const gradient = new Float64Array(aims.length * k);
  aims.forEach((aim, row) => {
    const found = aim(property.subarray(row * p, (row + 1) * p));
    loss[row] = found.loss;
    found.slopes.forEach((slope, i) => {
      for (let j = 0; j < k; j++) gradient[row * k + j] += slope * slopes[(row * p + i) * k + j];
    });
  });
  return { loss, gradient };
}

function aimsOfFront(wanted: Wanted, property: Float64Array, p: number): Aim[] {
  const all = Array.from({ length: property.length / p }, (_, row) =>
    shortfalls(wanted, property.subarray(row * p, (row + 1) * p)),
  );
  const ideal = wanted.wants.map((_, i) => all.reduce((least, row) => Math.min(least, row[i]), Infinity) - 1);
  return Array.from({ length: weightsOfFront }, (_, i) => {
    const part = i / (weightsOfFront - 1);
    return largestOf(wanted, [part, 1 - part], ideal);
  });
}

/** The training rows that lack least, and others at random. */
function startRows(aim: Aim, property: Float64Array, p: number, count: number, seed: number): number[] {
  const rows = Int32Array.from({ length: property.length / p }, (_, row) => row);
  const losses = Float64Array.from(rows, (row) => aim(property.subarray(row * p, (row + 1) * p)).loss);
  const best = [...rows].sort((a, b) => losses[a] - losses[b]).slice(0, Math.ceil(count / 2));
  const others = Int32Array.from(rows);
  new Random(seed).shuffle(others);
  return [...best, ...others.slice(0, Math.max(0, Math.min(count, rows.length) - best.length))];
}
