import { input, type Feed, type Tensor } from '../../src/graph/index.js';
import {
  methods,
  type Architecture,
  type Batch,
  type CvMethod,
  type DataShape,
  type MethodName,
} from '../../src/models/index.js';
import { Random } from '../../src/support/random.js';

/** A batch as tensors, and numbers for each of them by name. */
export interface DrawnBatch {
  batch: Batch;
  feeds: Record<string, Feed>;
}

export interface BatchSize extends DataShape {
  frames: number;
  features: number;
}

/**
 * A random batch for a method: all that it can take (weights, labels, properties of which some are missing, noise) or, with `full` false,
 * the least that it needs. Every fourth frame belongs to no state.
 */
export function drawBatch(
  { needs }: CvMethod,
  random: Random,
  { frames, features, states, properties, metric }: BatchSize,
  full: boolean,
): DrawnBatch {
  const feeds: Record<string, Feed> = {};
  const draw = (name: string, width: number, number: (row: number, column: number) => number): Tensor => {
    const data = Float64Array.from({ length: frames * width }, (_, i) =>
      number(Math.floor(i / width), i % width),
    );
    feeds[name] = { shape: [frames, width], data };
    return input(name, [frames, width]);
  };
  const any = (): number => random.uniform(-1, 1);
  const oneHot = (row: number, column: number): number => Number(row % 4 < 3 && row % states === column);
  const labelled = needs.labels === 'required' || (needs.labels === 'optional' && full);
  const batch: Batch = {
    now: draw('now', features, any),
    ...(needs.pairs && { later: draw('later', features, any) }),
    ...(full && { weight: draw('weight', 1, (row) => (row % 2 ? 1.4 : 0.6)) }),
    ...(labelled && { label: draw('label', states, oneHot) }),
    ...(labelled &&
      needs.pairs && { laterLabel: draw('laterLabel', states, (row, column) => oneHot(row + 1, column)) }),
    ...(needs.properties && { property: draw('property', properties, any) }),
    ...(needs.properties &&
      full && { measured: draw('measured', properties, (row, column) => Number((row + column) % 3 > 0)) }),
    ...(needs.metric &&
      metric && {
        metric: draw('metric', metric.length, (_, pair) => gradientProduct(metric[pair], random)),
      }),
    ...(needs.noise && full && { noise: draw('noise', needs.noise, () => random.normal()) }),
  };
  return { batch, feeds };
}

/** So that the product of a gradient with itself is above 0. */
const gradientProduct = ([a, b]: readonly [number, number], random: Random): number =>
  a === b ? random.uniform(1, 2) : random.uniform(-0.3, 0.3);

/** A method as it is trained: one that has training frames in its network has random ones, of each state in turn. */
export function madeMethod(
  name: MethodName,
  architecture: Architecture,
  options: Record<string, unknown>,
  shape: DataShape,
): CvMethod {
  const made = methods[name].create(architecture, options, shape);
  const random = new Random(5);
  const { features: width } = architecture;
  const now = Int32Array.from({ length: 12 }, (_, i) => i);
  const features = Float64Array.from({ length: now.length * width }, () => random.uniform(-1, 1));
  return made.fitted?.({ features, width, now, label: now.map((i) => i % shape.states) }) ?? made;
}

/** Random values for every parameter of a method. */
export function drawParameters(
  { parameters }: CvMethod,
  random: Random,
): { parameters: Map<string, Tensor>; feeds: Record<string, Feed> } {
  const drawn = parameters.map(({ name, shape, bound }) => {
    const data = Float64Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () =>
      random.uniform(-bound, bound),
    );
    return [name, { tensor: input(name, shape), feed: { shape, data } }] as const;
  });
  return {
    parameters: new Map(drawn.map(([name, { tensor }]) => [name, tensor])),
    feeds: Object.fromEntries(drawn.map(([name, { feed }]) => [name, feed])),
  };
}
