import { gather, input, type Feeds, type Tensor } from '../../graph/index.js';
import type { Batch, Needs } from '../../models/index.js';
import type { Random } from '../../support/index.js';
import type { BatchShape, Reals, Samples, Tables } from '../learnable.js';

/** Names of the training graph's inputs. */
const names = {
  data: 'data',
  states: 'states',
  properties: 'properties',
  measured: 'measured',
  metric: 'metric',
  now: 'now',
  later: 'later',
  weight: 'weight',
  frameWeight: 'frameWeight',
  noise: 'noise',
};

/** A batch of `size` rows gathered from captured tables. */
export function gatheredBatch(
  shape: BatchShape,
  size: number,
): { batch: Batch; captured: Tensor[]; perStep: Tensor[] } {
  const { needs, weighted, framesWeighted } = shape;
  const tables = new Map(
    tableList(shape.tables).map((t) => [t.name, input(t.name, ['frames', t.width])] as const),
  );
  const now = input(names.now, [size], 'index');
  const later = needs.pairs ? input(names.later, [size], 'index') : undefined;
  const weight = weighted ? input(names.weight, [size, 1]) : undefined;
  const frameWeight = framesWeighted ? input(names.frameWeight, [size, 1]) : undefined;
  const noise = needs.noise ? input(names.noise, [size, needs.noise]) : undefined;
  const rows = (name: string, index: Tensor | undefined): Tensor | undefined => {
    const table = tables.get(name);
    return table && index && gather(table, index);
  };
  const batch = batchOf({
    now: rows(names.data, now),
    later: rows(names.data, later),
    label: rows(names.states, now),
    laterLabel: rows(names.states, later),
    property: rows(names.properties, now),
    measured: rows(names.measured, now),
    metric: rows(names.metric, now),
    weight,
    frameWeight,
    noise,
  });
  const perStep = [now, later, weight, frameWeight, noise].filter((tensor) => tensor !== undefined);
  return { batch, captured: [...tables.values()], perStep };
}

/** A batch whose rows are fed as they are: for validation, without noise. */
export function plainBatch({ needs, weighted, framesWeighted, tables }: BatchShape, size: number): Batch {
  const table = (part: keyof Batch, width: number): Tensor => input(plainName(part), [size, width]);
  const { stateCount, propertyCount, metricCount, width } = tables;
  return batchOf({
    now: table('now', width),
    later: needs.pairs ? table('later', width) : undefined,
    label: tables.states && table('label', stateCount),
    laterLabel: needs.pairs && tables.states ? table('laterLabel', stateCount) : undefined,
    property: tables.properties && table('property', propertyCount),
    measured: tables.measured && table('measured', propertyCount),
    metric: tables.metric && table('metric', metricCount),
    weight: weighted ? table('weight', 1) : undefined,
    frameWeight: framesWeighted ? table('frameWeight', 1) : undefined,
  });
}

/** Apart from the names that methods give the parts of their loss. */
const plainName = (part: keyof Batch): string => `batch.${part}`;

function batchOf(parts: { [K in keyof Batch]: Tensor | undefined }): Batch {
  return Object.fromEntries(Object.entries(parts).filter(([, tensor]) => tensor)) as unknown as Batch;
}

function tableList(tables: Tables): { name: string; width: number; data: Reals }[] {
  return [
    { name: names.data, width: tables.width, data: tables.features },
    ...(tables.states ? [{ name: names.states, width: tables.stateCount, data: tables.states }] : []),
    ...(tables.properties
      ? [{ name: names.properties, width: tables.propertyCount, data: tables.properties }]
      : []),
    ...(tables.measured
      ? [{ name: names.measured, width: tables.propertyCount, data: tables.measured }]
      : []),
    ...(tables.metric ? [{ name: names.metric, width: tables.metricCount, data: tables.metric }] : []),
  ];
}

/** Feeds of the captured inputs. */
export function tableFeeds(tables: Tables): Feeds {
  return Object.fromEntries(
    tableList(tables).map(({ name, width, data }) => [name, { shape: [tables.frames, width], data }]),
  );
}

/** Feeds of `steps` batches of `size`: samples by the given rows, and noise where the method wants it. */
export function stepFeeds(
  samples: Samples,
  order: Int32Array,
  { steps, size, needs, random }: { steps: number; size: number; needs: Needs; random: Random },
): Record<string, Feeds[string]> {
  const { now, later, weight, frameWeight } = samples;
  const chosen = order.subarray(0, steps * size);
  return {
    [names.now]: { shape: [steps, size], data: chosen.map((i) => now[i]) },
    ...(later && { [names.later]: { shape: [steps, size], data: chosen.map((i) => later[i]) } }),
    ...(weight && {
      [names.weight]: { shape: [steps, size, 1], data: Float32Array.from(chosen, (i) => weight[i]) },
    }),
    ...(frameWeight && {
      [names.frameWeight]: {
        shape: [steps, size, 1],
        data: Float32Array.from(chosen, (i) => frameWeight[i]),
      },
    }),
    ...(needs.noise && {
      [names.noise]: { shape: [steps, size, needs.noise], data: normals(random, steps * size * needs.noise) },
    }),
  };
}

function normals(random: Random, count: number): Float32Array {
  const out = new Float32Array(count);
  for (let i = 0; i < count; i++) out[i] = random.normal();
  return out;
}

/** Feeds of `plainBatch`. */
export function plainFeeds(
  { needs, tables }: BatchShape,
  { now, later, weight, frameWeight }: Samples,
): Feeds {
  const rows = (data: Reals, width: number, index: Int32Array): Feeds[string] => {
    const length = index.length * width;
    const out = data instanceof Float64Array ? new Float64Array(length) : new Float32Array(length);
    index.forEach((row, i) => out.set(data.subarray(row * width, (row + 1) * width), i * width));
    return { shape: [index.length, width], data: out };
  };
  const { features, width, states, stateCount, properties, measured, propertyCount } = tables;
  const { metric, metricCount } = tables;
  const second = needs.pairs ? later : undefined;
  const feeds: { [K in keyof Batch]?: Feeds[string] } = {
    now: rows(features, width, now),
    later: second && rows(features, width, second),
    label: states && rows(states, stateCount, now),
    laterLabel: states && second ? rows(states, stateCount, second) : undefined,
    property: properties && rows(properties, propertyCount, now),
    measured: measured && rows(measured, propertyCount, now),
    metric: metric && rows(metric, metricCount, now),
    weight: weight && { shape: [now.length, 1], data: weight },
    frameWeight: frameWeight && { shape: [now.length, 1], data: frameWeight },
  };
  return Object.fromEntries(
    Object.entries(feeds).map(([part, feed]) => [plainName(part as keyof Batch), feed]),
  );
}
