import { jacobian, type Tensor } from '../graph/index.js';
import type { ModelMetadata } from '../onnx/index.js';
import type { DecodingModel } from './decode.js';
import { rangeOf } from './decode.js';
import { evaluatorOf, type Evaluator } from './evaluator.js';

/** What the model says of inputs. */
export interface Said {
  cv: Float64Array;
  /** `[rows, p]` */
  property: Float64Array;
  /** Of an ensemble, `[rows]`: how far its members disagree on the CVs. */
  uncertainty?: Float64Array;
  /** Of an ensemble, `[rows, p]`: how far they disagree on each property. */
  spread?: Float64Array;
}

/** A model's properties over its latent, each CV by its range in training, and the ways there and back. */
export interface Landscape {
  k: number;
  /** How many properties. */
  p: number;
  /** Properties `[rows, p]` that latent rows tell, and their slopes `[rows, p, k]`. */
  told(latent: Float64Array): Promise<{ property: Float64Array; slopes: Float64Array }>;
  /** Inputs `[rows, d]` of latent rows; absent where the model rebuilds none. */
  decoded?(latent: Float64Array): Promise<Float64Array>;
  said(inputs: Float64Array): Promise<Said>;
  /** CVs by their ranges, and back. */
  toLatent(cv: Float64Array): Float64Array;
  toCv(latent: Float64Array): Float64Array;
  release(): Promise<void>;
}

export async function landscapeOf({ graph, metadata, decoder }: DecodingModel): Promise<Landscape> {
  const { cv, reconstruction } = decoder;
  const property = decoder.property!;
  const { uncertainty, propertyUncertainty: spread } = graph;
  const forward = {
    ...{ cv: graph.cv, property: graph.property! },
    ...(uncertainty && { uncertainty }),
    ...(spread && { spread }),
  };
  const [tells, says, decodes] = await Promise.all([
    evaluatorOf(cv, { property, slopes: jacobian(property, cv) }),
    evaluatorOf<string>(graph.x, forward),
    reconstruction && evaluatorOf(cv, { reconstruction }),
  ]);
  const { toLatent, toCv, ranges } = rangesOf(metadata);
  const k = ranges.length;
  return {
    k,
    p: widthOf(property),
    told: async (latent) => {
      const found = await tells.run(toCv(latent));
      return { property: found.property, slopes: found.slopes.map((slope, i) => slope * ranges[i % k]) };
    },
    ...(decodes && { decoded: async (latent) => (await decodes.run(toCv(latent))).reconstruction }),
    said: async (inputs) => (await says.run(inputs)) as unknown as Said,
    toLatent,
    toCv,
    release: () => releaseAll([tells, says, ...(decodes ? [decodes] : [])]),
  };
}

const widthOf = ({ shape }: Tensor): number => shape[1] as number;

async function releaseAll(evaluators: readonly Pick<Evaluator<string>, 'release'>[]): Promise<void> {
  await Promise.all(evaluators.map((each) => each.release()));
}

function rangesOf({ outputs }: ModelMetadata) {
  const ranges = outputs.map(rangeOf);
  const k = ranges.length;
  return {
    ranges,
    toLatent: (cv: Float64Array) => cv.map((value, i) => value / ranges[i % k]),
    toCv: (latent: Float64Array) => latent.map((value, i) => value * ranges[i % k]),
  };
}
