import { z } from 'zod';
import {
  add,
  concat,
  constant,
  constantValue,
  div,
  exp,
  log,
  matmul,
  maximum,
  mul,
  neg,
  reduceMax,
  reduceMean,
  reduceSum,
  sigmoid,
  sign,
  slice,
  softmax,
  sqrt,
  square,
  stopGradient,
  sub,
  transpose,
  type Tensor,
} from '../graph/index.js';
import { LatentcvError, counted } from '../support/index.js';
import { defineMethod, type Architecture, type CvMethod, type TrainingTable } from './method.js';
import { applyNetwork, networkParameters, type NetworkSpec, type Parameters } from './network.js';
import { pathClasses, pathInWords, pathOption, type PathClasses } from './path-class.js';
import { stateMoments } from './states.js';
import { reconstructionError } from './weighted.js';

const needs = { labels: 'optional', passages: true } as const;

const options = z.object({
  landmarks: z
    .int()
    .min(3)
    .max(1000)
    .default(90)
    .describe('most frames that stand for the path in the model file: a third of each class, evenly in time'),
  neighbours: z.int().min(1).max(20).default(3).describe('k, continuous nearest neighbours of a frame'),
  metric: z
    .int()
    .min(1)
    .max(64)
    .default(3)
    .describe('numbers that the metric network gives, by whose distances neighbours are found'),
  metricLayers: z.array(z.int().min(1)).default([8]).describe("widths of the metric network's hidden layers"),
  temperature: z.number().positive().default(0.1).describe('t of the softmax that takes neighbours'),
  lambda: z
    .number()
    .positive()
    .default(50)
    .describe('λ of the distance z, in 1/(unit of the scaled inputs): landmarks nearer than 1/λ are one'),
  path: z.int().min(0).optional().describe(pathOption),
});
type Options = z.output<typeof options>;

/**
 * Deep-locally non-linear embedding (DeepLNE; Fröhlking, Bonati, Rizzi & Gervasio 2024, doi:10.1063/5.0202156): progress s along, and
 * distance z from, a path that is learned from a reactive trajectory. A network d(x) is the metric in which k continuous nearest
 * neighbours of a frame are found among the landmarks xᵢ, frames of the training: with the similarities aᵢ = exp(−|d(x) − d(xᵢ)|) and
 * y = 0 before the first of k rounds,
 *
 *   w = softmax(a (1 − y)/t),  y ← y + w,  neighbour Σ wᵢ d(xᵢ).
 *
 * An encoder of all k neighbours ends in a sigmoid, s; a decoder rebuilds the frame, x̂(s). Loss: mean (x − x̂)². With the
 * landmarks as s rebuilds them
 *
 *   z = −1/λ ln Σᵢ exp(−λ |x − x̂(sᵢ)|),
 *
 * by the scaled inputs. Equations and defaults are those of the authors' notebook (github.com/ThorbenF/DeepLNE, DeepLNE_class.ipynb), but
 * for this: landmarks are not all frames, a frame that is a landmark is its own neighbour, the softmax is not offset by 1e-4, and |…| is
 * √(…² + 0.02²), so that no force jumps at a landmark. Of two labelled states and the path between, each class counts a third.
 */
export const deepLne = defineMethod({
  summary: 'progress along, and distance from, the path of a trajectory that goes from one state to another',
  references: ['Fröhlking, Bonati, Rizzi & Gervasio 2024, doi:10.1063/5.0202156'],
  needs,
  orientation: 'as-trained',
  mostLatent: () => 2,
  rebuilds: true,
  options,
  create(architecture, chosen, { states, stateNames }) {
    const classes =
      states > 0
        ? pathClasses(
            { path: chosen.path, states, ...(stateNames && { names: stateNames }) },
            { method: 'deep-lne', hint: 'label the two states that the path joins, or none at all' },
          )
        : undefined;
    const fitted = (table: TrainingTable): CvMethod => {
      const landmarks = landmarksOf(table, classes, chosen);
      const frames = counted(landmarks.length, 'frame');
      return {
        ...onLandmarks(architecture, chosen, rowsOf(table, landmarks)),
        note: classes
          ? `${stateNames ? `${pathInWords(stateNames, classes)}; ` : ''}${frames} of the three classes stand for it`
          : `all frames count alike, as no states are labelled; ${frames} stand for the path`,
      };
    };
    return { ...onLandmarks(architecture, chosen, undefined), fitted };
  },
});

/** What keeps |…| smooth at a landmark, in deviations of an input. */
const rounding = 0.02;

interface Networks {
  metric: NetworkSpec;
  progress: NetworkSpec;
  decoder: NetworkSpec;
}

function networksOf({ features, hidden, activation }: Architecture, chosen: Options): Networks {
  const { metric, metricLayers, neighbours } = chosen;
  const sizes = [neighbours * metric, ...hidden, 1];
  return {
    metric: { name: 'metric', sizes: [features, ...metricLayers, metric], activation },
    progress: { name: 'progress', sizes, activation },
    decoder: { name: 'decoder', sizes: [1, ...hidden.toReversed(), features], activation },
  };
}

/** The method by its landmarks `[count, features]`; without them there is neither a loss nor a CV. */
function onLandmarks(architecture: Architecture, chosen: Options, landmarks: Tensor | undefined): CvMethod {
  const networks = networksOf(architecture, chosen);
  const { metric, progress, decoder } = networks;
  const known = (): Tensor => {
    if (!landmarks) throw new Error('deep-lne needs the landmarks of its training frames');
    return landmarks;
  };
  const s = (parameters: Parameters, x: Tensor): Tensor =>
    sigmoid(
      applyNetwork(
        progress,
        parameters,
        neighboursOf(networks.metric, parameters, { x, of: known(), chosen }),
      ),
    );
  const rebuilt = (parameters: Parameters, at: Tensor): Tensor => applyNetwork(decoder, parameters, at);
  const inWords = ({ sizes }: NetworkSpec): string => sizes.join('-');
  return {
    needs,
    parameters: [metric, progress, decoder].flatMap(networkParameters),
    network: `${inWords(metric)}, ${chosen.neighbours} neighbours, ${inWords(progress)} ${architecture.activation}`,
    encode: (parameters, x) => {
      const own = settled(s(parameters, known()));
      const rising = turned(s(parameters, x), directionOf(own));
      if (architecture.latent === 1) return rising;
      const z = distanceFrom(x, settled(rebuilt(parameters, own)), chosen.lambda);
      return concat([rising, z], 1);
    },
    decode: (parameters, latent) =>
      rebuilt(parameters, turned(slice(latent, 1, 0, 1), directionOf(settled(s(parameters, known()))))),
    loss: (parameters, { now, label, weight }) => {
      const back = rebuilt(parameters, s(parameters, now));
      const reconstruction = label
        ? byClass(square(sub(back, now)), label, weight)
        : reconstructionError(back, now, weight);
      return { total: reconstruction, parts: { reconstruction } };
    },
  };
}

/** k continuous nearest neighbours of frames x `[n, features]` among landmarks, in the metric, `[n, k · metric]`. */
function neighboursOf(
  metric: NetworkSpec,
  parameters: Parameters,
  { x, of, chosen: { neighbours, temperature } }: { x: Tensor; of: Tensor; chosen: Options },
): Tensor {
  const landmarks = settled(applyNetwork(metric, parameters, of));
  const similar = exp(neg(distances(applyNetwork(metric, parameters, x), landmarks)));
  const found: Tensor[] = [];
  let left: Tensor = constant([1], [1, 1]);
  for (let round = 0; round < neighbours; round++) {
    const taken = softmax(div(mul(similar, left), temperature));
    found.push(matmul(taken, landmarks));
    left = sub(left, taken);
  }
  return concat(found, 1);
}

/** Of wider rows squares are multiplied out, which takes fewer steps and is exact enough: such rows are far apart. */
const narrow = 16;

/** Rounded distances of each row of a `[n, m]` from each of b `[l, m]`, `[n, l]`. */
function distances(a: Tensor, b: Tensor): Tensor {
  const columns = Number(a.shape[1]);
  const others = transpose(b);
  const squares = columns > narrow ? multipliedOut(a, others) : byColumn(a, others, columns);
  return sqrt(add(squares, rounding ** 2));
}

function byColumn(a: Tensor, others: Tensor, columns: number): Tensor {
  const parts = Array.from({ length: columns }, (_, j) =>
    square(sub(slice(a, 1, j, j + 1), slice(others, 0, j, j + 1))),
  );
  return parts.reduce((sum, part) => add(sum, part));
}

function multipliedOut(a: Tensor, others: Tensor): Tensor {
  const own = reduceSum(square(a), [1], true);
  const theirs = reduceSum(square(others), [0], true);
  const both = matmul(a, mul(others, -2));
  return maximum(add(add(both, theirs), own), 0);
}

/** −1/λ ln Σ exp(−λ |x − xᵢ|) of frames `[n, features]` from the path's `[l, features]`, `[n, 1]`. */
function distanceFrom(x: Tensor, path: Tensor, lambda: number): Tensor {
  const exponents = mul(distances(x, path), -lambda);
  // the largest is 0, so that far from the path nothing vanishes
  const largest = stopGradient(reduceMax(exponents, [1], true));
  const sum = reduceSum(exp(sub(exponents, largest)), [1], true);
  return mul(add(largest, log(sum)), -1 / lambda);
}

/** Numbers in place of what no input enters: of a trained model, what its landmarks give. */
function settled(expression: Tensor): Tensor {
  const value = constantValue(expression);
  return value ? constant(value.data, value.shape) : expression;
}

/** 1 where s rises from the first third of the landmarks `[l, 1]` to the last one, −1 where it falls. */
function directionOf(s: Tensor): Tensor {
  const count = Number(s.shape[0]);
  const third = Math.max(1, Math.floor(count / 3));
  const rise = sub(reduceMean(slice(s, 0, count - third, count)), reduceMean(slice(s, 0, 0, third)));
  return sign(stopGradient(rise));
}

/** s, or 1 − s: the same function back. */
const turned = (s: Tensor, direction: Tensor): Tensor => add(mul(sub(s, 0.5), direction), 0.5);

/** Mean over the classes of `[n, classes]` of the mean of a square in each, frames by their weight. */
function byClass(squares: Tensor, label: Tensor, weight: Tensor | undefined): Tensor {
  const moments = stateMoments(squares, label, weight);
  return div(
    moments.map(({ mean }) => reduceMean(mean)).reduce((a, b) => add(a, b)),
    moments.length,
  );
}

/**
 * Rows of the frames that stand for the path: in the order of time, or, of classes, evenly from the first state, the path, and the second
 * one.
 * @throws LatentcvError `bad-data` where there are too few
 */
function landmarksOf(
  { now, label }: TrainingTable,
  classes: PathClasses | undefined,
  { landmarks, neighbours }: Options,
): number[] {
  const rows = [...now].sort((a, b) => a - b);
  const order = classes && [classes.ends[0], classes.path, classes.ends[1]];
  const picked = order
    ? order.flatMap((of) =>
        evenly(
          rows.filter((row) => label?.[row] === of),
          Math.floor(landmarks / 3),
        ),
      )
    : evenly(rows, landmarks);
  if (picked.length > neighbours) return picked;
  throw new LatentcvError(
    'bad-data',
    `expected more frames on the path than the ${neighbours} neighbours that are looked for but found ${picked.length}`,
    'frames that are printed more often have more on the way between the states',
  );
}

const evenly = (rows: readonly number[], most: number): number[] =>
  rows.length <= most
    ? [...rows]
    : Array.from({ length: most }, (_, i) => rows[Math.floor(((i + 0.5) * rows.length) / most)]);

function rowsOf({ features, width }: TrainingTable, rows: readonly number[]): Tensor {
  const data = Float64Array.from(
    { length: rows.length * width },
    (_, i) => features[rows[Math.floor(i / width)] * width + (i % width)],
  );
  return constant(data, [rows.length, width], 'landmarks');
}
