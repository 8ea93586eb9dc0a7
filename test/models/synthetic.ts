import type { Dataset } from '../../src/frames/index.js';
import { methods, type MethodName } from '../../src/models/index.js';
import type { TrainOptions } from '../../src/training/index.js';
import { Random } from '../../src/support/random.js';

/**
 * Three states in a ring that jump with probability 0.03 a frame, seen by three distances and a periodic angle,
 * with what methods may need beside: `state` (0, 1, 2; −1 for one frame in ten), `weight` and `property`.
 */
export function jumpingRing(frames: number): Dataset {
  const random = new Random(8);
  const columns = [
    { label: 'd1' },
    { label: 'd2' },
    { label: 'd3' },
    { label: 'phi', period: [-Math.PI, Math.PI] as [number, number] },
    { label: 'state' },
    { label: 'weight' },
    { label: 'property' },
  ];
  let state = 0;
  const rows = Array.from({ length: frames }, () => {
    if (random.uniform() < 0.03) state = (state + 1 + Math.floor(random.uniform(0, 2))) % 3;
    const [x, y] = [Math.cos(2.1 * state), Math.sin(2.1 * state)].map((v) => v + 0.2 * random.normal());
    const phi = Math.max(-Math.PI, Math.min(3.14, 2 * (state - 1) + 0.3 * random.normal()));
    const label = random.uniform() < 0.1 ? -1 : state;
    return [x, y, x * y + 0.1 * random.normal(), phi, label, random.uniform(0.5, 2), x + 0.5 * y];
  });
  return {
    columns,
    frames,
    data: Float64Array.from(rows.flat()),
    time: Float64Array.from({ length: frames }, (_, i) => i),
    segments: [{ start: 0, end: frames, source: 'test' }],
  };
}

/** A short training of a method on `jumpingRing`, whose columns all have a role. */
export function shortTraining(method: MethodName): TrainOptions {
  const latent = Math.min(2, methods[method].mostLatent?.({ states: 3, properties: 1 }) ?? 2);
  return { method, hidden: [8], latent, lag: 2, batch: 128, epochs: 3 };
}

/** The columns of `jumpingRing` that are learned from, and those that the method needs as well. */
export function neededColumns(
  dataset: Dataset,
  method: MethodName,
): { dataset: Dataset; roles: TrainOptions } {
  const { needs } = methods[method];
  const roles: TrainOptions = {
    weights: 'weight',
    ...(needs.labels && { labels: 'state' }),
    ...(needs.properties && { properties: ['property'] }),
  };
  const kept = dataset.columns.flatMap(({ label }, i) =>
    (label === 'state' && !needs.labels) || (label === 'property' && !needs.properties) ? [] : [i],
  );
  const width = dataset.columns.length;
  const data = Float64Array.from({ length: dataset.frames * kept.length }, (_, i) => {
    const frame = Math.floor(i / kept.length);
    return dataset.data[frame * width + kept[i % kept.length]];
  });
  return { dataset: { ...dataset, columns: kept.map((i) => dataset.columns[i]), data }, roles };
}
