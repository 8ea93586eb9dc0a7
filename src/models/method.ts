import type { z } from 'zod';
import { LatentcvError } from '../support/index.js';
import type { Tensor } from '../graph/index.js';
import type { Activation, Parameters, ParameterSpec } from './network.js';

/** The network that a method builds on. */
export interface Architecture {
  /** Scaled features that go in. */
  features: number;
  /** Widths of the encoder's hidden layers. */
  hidden: number[];
  /** Number of CVs. */
  latent: number;
  activation: Activation;
}

/** How many states are labelled and how many properties are measured; 0 where the data has none. */
export interface DataShape {
  states: number;
  properties: number;
  /** What the states are called, in their order. */
  stateNames?: readonly string[];
  /** Features whose derivatives `Batch.metric` multiplies, a pair for each of its columns; absent where there is none. */
  metric?: readonly (readonly [number, number])[];
  /** How features were scaled; absent where they are the inputs themselves. */
  scales?: FeatureScales;
  /** kT of the run, kJ/mol, where its temperature is known. */
  kT?: number;
}

/**
 * How scaled features `(feature − mean)/scale` are made of the inputs: `plain` inputs as they are, then the sines of the phases
 * `factor · input` of the periodic ones, then their cosines.
 */
export interface FeatureScales {
  mean: ArrayLike<number>;
  scale: ArrayLike<number>;
  plain: number;
  /** 2π/period of each periodic input. */
  factors: readonly number[];
}

/** What a batch must carry for a method. */
export interface Needs {
  /** Pairs of frames a lag time apart. */
  pairs?: boolean;
  /** `required`: frames labelled with their state; `optional`: used where given. */
  labels?: 'required' | 'optional';
  /** Beside two labelled states, a third class: the frames on their way from one to the other. */
  passages?: true;
  /** Measured properties. */
  properties?: boolean;
  /** What the gradient by the atoms' mass-weighted coordinates is made of, where frames of trajectories tell it. */
  metric?: 'optional';
  /** Standard normal numbers for each frame; none come with validation. */
  noise?: number;
}

/** A batch of `n` frames. All tensors are of the graph's real kind. */
export interface Batch {
  /** Scaled features `[n, features]`. */
  now: Tensor;
  /** The same trajectory one lag on. */
  later?: Tensor;
  /** Weight of each frame (of each pair) `[n, 1]`, mean 1 over the training set; absent where all weigh alike. */
  weight?: Tensor;
  /**
   * Of pairs, the weight of the first frame by itself, `[n, 1]`, where it is another: frames of a biased run count in averages,
   * but what follows them a lag later is not the system's own dynamics.
   */
  frameWeight?: Tensor;
  /** `[n, states]`: 1 in the column of the frame's state; all 0 where it has none. */
  label?: Tensor;
  /** The same for `later`. */
  laterLabel?: Tensor;
  /** `[n, properties]`, each with zero mean and unit deviation over the training frames; 0 where one was not measured. */
  property?: Tensor;
  /** `[n, properties]`: 1 where a property was measured, 0 elsewhere; absent where all were. */
  measured?: Tensor;
  /**
   * `[n, pairs]`: the squared gradient of a function s of the features by the atoms' mass-weighted coordinates is the sum over
   * `DataShape.metric`'s pairs of these times ∂s/∂first ∂s/∂second, in 1/(nm² amu).
   */
  metric?: Tensor;
  /** `[n, needs.noise]` standard normal; absent in validation. */
  noise?: Tensor;
}

/** A loss `total` to be minimised, and the parts that are reported beside it. All are scalars. */
export interface Loss {
  total: Tensor;
  parts: Record<string, Tensor>;
}

/** Training frames as plain numbers, for methods that are solved and not descended. */
export interface TrainingTable {
  /** Scaled features, row-major `[frames, features]`. */
  features: Float32Array | Float64Array;
  width: number;
  /** Rows to learn from; for methods with pairs, their first ends. */
  now: Int32Array;
  later?: Int32Array;
  /** One for each of `now`, mean 1. */
  weight?: Float32Array;
  /** State of each frame of the table, −1 where it has none. */
  label?: Int32Array;
}

/** Labels that a method makes itself. */
export interface Relabelling {
  /** How many states there are. */
  count: number;
  /** First labels of all frames of the table, where the data has none. */
  first(table: TrainingTable): Int32Array;
  /** State probabilities `[n, count]`: the likeliest becomes the label again after every `every` epochs. */
  states(parameters: Parameters, x: Tensor): Tensor;
  every: number;
}

/** A committor q = σ(z), and what the bias from its gradient has beside kT: see `kolmogorovBias`. */
export interface CommittorOfMethod {
  /** z `[n, 1]` of scaled features `[n, features]`. */
  logit(parameters: Parameters, x: Tensor): Tensor;
  lambda: number;
  /** Where it is not given, it goes by the frames that were learned from. */
  epsilon?: number;
}

/** A generator L of diffusion, of which latents are turned to its eigenfunctions: see `generator.ts`. */
export interface GeneratorOfMethod {
  /** Γ of each two latents `[n, width²]`, 1/ps times the latents' unit squared: its mean at equilibrium is −⟨f, L g⟩. */
  dissipation(parameters: Parameters, batch: Batch): Tensor;
  /** The dynamics that L is of, in words. */
  dynamics: string;
  /** η of the loss, 1/ps: how fast a process is that it weighs by half. */
  shift: number;
}

/** A first part of a training by another loss, from which its own takes a constant and goes on. */
export interface Scouting {
  loss(parameters: Parameters, batch: Batch): Loss;
  /** The method by what was found: the rates of the latent's eigenfunctions, 1/ps, slowest first. */
  settle(rates: readonly number[]): CvMethod;
}

/** One way of learning CVs: an encoder and a loss, both written on graph. */
export interface CvMethod {
  needs: Needs;
  parameters: ParameterSpec[];
  /** What `encode` gives for each frame where that is not the number of CVs: these are then its best directions. */
  width?: number;
  /** How many of the CVs, the first ones, are angles: what `encode` gives of them is in rad, from −π to π. */
  angles?: number;
  /** The encoder as people read it, where it is not `features-hidden-latent activation`. */
  network?: string;
  /** Latent `[n, width]` of scaled features `[n, features]`. */
  encode(parameters: Parameters, x: Tensor): Tensor;
  loss(parameters: Parameters, batch: Batch): Loss;
  /** Scaled features `[n, features]` of a latent: for methods that rebuild the frame itself from it. */
  decode?(parameters: Parameters, latent: Tensor): Tensor;
  /** Properties `[n, properties]` (zero mean, unit deviation) of a latent: for methods that predict. */
  predict?(parameters: Parameters, latent: Tensor): Tensor;
  /** Of methods that learn a committor. */
  committor?: CommittorOfMethod;
  /** Of methods whose CVs are eigenfunctions of a generator. */
  generator?: GeneratorOfMethod;
  /** Of a method with a generator whose loss depends on how fast it is. */
  scouting?: Scouting;
  /** All values by parameter name, where they have a closed form: then nothing is descended. */
  solve?(table: TrainingTable): Map<string, Float64Array>;
  /** What it took its data for, in words: told beside why the method was chosen. */
  note?: string | undefined;
  /** Labels that the method renews as it trains. */
  relabel?: Relabelling;
  /** Of methods that take something of the training frames before they are trained (constants, a scale): the method with it. */
  fitted?(table: TrainingTable): CvMethod;
}

/**
 * How the trained latent becomes CVs: rotated to its slow directions (TICA), to the slowest eigenfunctions of its method's
 * generator, to uncorrelated ones by variance, to those that tell labelled states apart (LDA), or left as its method made it, with
 * its sign; slow and uncorrelated ones are sign-fixed; each is then scaled to [−1, 1].
 */
export type Orientation = 'slow' | 'eigenfunctions' | 'variance' | 'discriminant' | 'as-trained';

/** A method as users choose it: its own options with defaults, and how it is made for a network and data. */
export interface MethodDefinition<Options extends z.ZodObject> {
  /** One line for help texts. */
  summary: string;
  /** What to cite, `authors year, doi:…` each: it goes into the model file, and from there into PLUMED's log. */
  references: readonly string[];
  needs: Needs;
  orientation: Orientation;
  /** Most CVs that the method can give for the data at hand; without it as many as are wanted. */
  mostLatent?: (data: DataShape) => number;
  /** Options beyond the network's, each with a default and a description. */
  options: Options;
  /** Its decoder rebuilds the frame itself from its latent, and goes into the model file. */
  rebuilds?: boolean;
  /** Solved in one go, not descended: networks, batches and epochs are nothing to it. */
  closedForm?: boolean;
  /** Its loss is a mean over frames: a step needs few of them. Others are made of a batch's covariances, or of what few frames carry. */
  ofMeans?: boolean;
  /** Biased runs cross most often along a CV that was trained little: its training ends before its loss does. */
  endsEarly?: boolean;
  create(architecture: Architecture, options: z.output<Options>, data: DataShape): CvMethod;
}

/** A definition whose options are checked when it is made. */
export interface Method<Options extends z.ZodObject = z.ZodObject> extends Omit<
  MethodDefinition<Options>,
  'create'
> {
  /** @throws LatentcvError `bad-argument` naming the first option that is unknown or does not fit. */
  create(architecture: Architecture, options?: Record<string, unknown>, data?: DataShape): CvMethod;
}

export function defineMethod<Options extends z.ZodObject>(
  definition: MethodDefinition<Options>,
): Method<Options> {
  return {
    ...definition,
    create: (architecture, options = {}, data = { states: 0, properties: 0 }) =>
      definition.create(architecture, checked(definition.options, options), data),
  };
}

function checked<Options extends z.ZodObject>(schema: Options, given: object): z.output<Options> {
  const parsed = schema.strict().safeParse(given);
  if (parsed.success) return parsed.data as z.output<Options>;
  const [issue] = parsed.error.issues;
  const known = Object.keys(schema.shape).join(', ') || 'none';
  throw new LatentcvError(
    'bad-argument',
    `method option ${issue.path.join('.')}: ${issue.message.toLowerCase()}`.replace(' : ', ': '),
    `options of this method: ${known}`,
  );
}
