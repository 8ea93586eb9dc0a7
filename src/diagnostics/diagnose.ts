import { digits, expectList, expectNumber, expectNumbers, expectObject } from '../support/index.js';
import { expectDataset, type Dataset } from '../frames/index.js';
import {
  cvBasins,
  defaultLags,
  evenSpacing,
  impliedTimescales,
  lagFrames,
  onCircles,
  openedCircle,
  slowProcesses,
  type CvBasins,
  type Period,
  type TimescalesAtLag,
} from '../kinetics/index.js';
import type { ModelGraph } from '../onnx/index.js';
import { cvQuality, type CvQuality } from './cv-quality.js';
import { cvDistribution, type CvDistribution } from './distributions.js';
import {
  atomShares,
  explain,
  type AtomShare,
  type Explanation,
  type InputAtom,
  type KnownStates,
} from './explanation/index.js';
import { heldOutScores, type HeldOutScores } from './held-out-score.js';
import type { JudgedOn } from './judged-on.js';
import { columnOf, latentWarnings } from './latent-warnings.js';
import { modelValues, type GradientSample } from './model-values.js';
import type { AddedProcess } from './added-process.js';
import { addedProcesses, basinsOf, mixedBy, type OtherCv } from './other-cvs.js';
import { reconstruction, type Reconstruction } from './reconstruction.js';
import { inputBasis } from './slowest-process.js';
import { cvVerdict, type CvVerdict } from './verdict.js';

/** What a model's frames say of its CVs. */
export interface Diagnostics {
  cvs: string[];
  inputs: string[];
  frames: number;
  /** Whether they are the frames of the training; absent where nobody knows. */
  judgedOn?: JudgedOn;
  /** Whether frames count by weights. */
  weighted: boolean;
  /** Columns of biases that frames were made under and do not weigh by. */
  unweighedBias?: string[];
  /** ps */
  lag: number;
  verdict: CvVerdict;
  /** Of the first CV. */
  quality: CvQuality;
  basins: CvBasins;
  /** The CVs after it that vary, and what they add. */
  others: OtherCv[];
  /** A process in the inputs about as slow as the first CV that none of the CVs carries. */
  hidden?: AddedProcess;
  /** What is wrong with the latent, one sentence each. */
  warnings: string[];
  /** Root mean square of σᵢ ∂cvⱼ/∂xᵢ, by CV and input: what one deviation of an input does to the CV. */
  sensitivity: number[][];
  /** What the CVs are made of state by state, and what tells the states apart; absent where fewer than two are known. */
  explanation?: Explanation;
  /** Atoms that each input is computed from, where the model tells. */
  inputAtoms?: InputAtom[][];
  /** What each of these has to do with the CVs, by the inputs' shares. */
  atoms?: AtomShare[];
  /** Fraction of each input's variance that the CVs explain, and of all. */
  reconstruction: Reconstruction;
  /** Of each CV, in their order; absent where frames are not evenly spaced, or no CV has one. */
  timescales?: TimescalesAtLag[];
  scores?: HeldOutScores;
  distributions: CvDistribution[];
}

export interface DiagnoseOptions {
  /** Names of the CVs. */
  cvs: readonly string[];
  /** Their domains, in their order, where some are periodic: these are cut open where the frames are fewest, so that basins may lie beyond an end. */
  periods?: readonly Period[];
  /** ps */
  lag: number;
  /** Known state of each frame, 0 or 1. */
  state?: ArrayLike<number>;
  /** States that the CVs are explained by; default: the cores of the first CV's basins. */
  states?: KnownStates;
  /** Atoms that each input is computed from. */
  inputAtoms?: InputAtom[][];
  /** Of the frames, mean 1, as `biasWeights` gives them times their number; default: all weigh alike. */
  weights?: ArrayLike<number>;
  judgedOn?: JudgedOn;
  /** Columns of biases that frames were made under, where they are not weighed by them. */
  unweighedBias?: readonly string[];
}

/**
 * Diagnostics of a model on frames, those that it was trained on or others. Weights go into densities, basins and all that
 * is told of time; frames and crossings are counted, and sensitivities, reconstruction and histograms made, as they are.
 * @param inputs with the model's input columns, in its order
 * @throws LatentcvError `bad-data` where the first CV is the same on all frames
 * @throws LatentcvError `bad-argument` where an argument is of another kind or length
 */
export async function diagnose(
  graph: ModelGraph,
  inputs: Dataset,
  options: DiagnoseOptions,
): Promise<Diagnostics> {
  expectObject(graph, 'graph', 'the graph of a model');
  expectDataset(inputs, 'inputs');
  expectObject(options, 'options');
  expectList(options.cvs, 'options.cvs');
  expectNumber(options.lag, 'options.lag', { positive: true });
  if (options.weights) expectNumbers(options.weights, 'options.weights', inputs.frames);
  if (options.state) expectNumbers(options.state, 'options.state', inputs.frames);
  if (options.states) expectNumbers(options.states.state, 'options.states.state', inputs.frames);
  const { cvs, lag, weights, judgedOn, unweighedBias = [], periods = [], inputAtoms } = options;
  const { cv, gradient } = await modelValues(graph, inputs);
  const table = { values: opened(cv, cvs.length, periods, weights), width: cvs.length };
  const columns = cvs.map((_, j) => columnOf(table, j));
  const judged = judgedCvs(columns, inputs, gradient, options);
  const { quality, basins, others, hidden } = judged;
  const explanation =
    (options.states && (await explain(graph, inputs, options.states))) ??
    (await explain(graph, inputs, coresOf(cvs[0], columns[0], basins)));
  const d = inputs.columns.length;
  const context = {
    frames: inputs.frames,
    judgedOn,
    weighted: weights !== undefined,
    unweighedBias,
    warnings: latentWarnings(cvs, table, gradient),
    others,
    hidden,
  };
  return {
    cvs: [...cvs],
    inputs: inputs.columns.map(({ label }) => label),
    frames: inputs.frames,
    judgedOn,
    weighted: weights !== undefined,
    ...(unweighedBias.length > 0 && { unweighedBias: [...unweighedBias] }),
    lag,
    verdict: cvVerdict(cvs[0], quality, context),
    ...judged,
    warnings: latentWarnings(cvs, table, gradient, basins),
    sensitivity: cvs.map((_, j) => [...gradient.sensitivity.subarray(j * d, (j + 1) * d)]),
    ...(explanation && { explanation }),
    ...(inputAtoms && { inputAtoms }),
    ...(explanation && inputAtoms && { atoms: atomShares(explanation, inputAtoms) }),
    reconstruction: reconstruction(inputs, onCircles(table, periods)),
    ...dynamics(table, columns, inputs, judged, options),
    distributions: cvs.map((name, j) =>
      cvDistribution(name, columns[j], columns[0], basins, inputs.segments),
    ),
  };
}

/** The states of frames within the cores of a CV's basins. */
function coresOf(name: string, cv: Float64Array, { basins }: CvBasins): KnownStates {
  return {
    names: basins.map(({ peak }) => `${name} at ${digits(peak)}`),
    state: Int32Array.from(cv, (value) =>
      basins.findIndex(({ core: [lower, upper] }) => value >= lower && value <= upper),
    ),
    from: `the cores of the basins along ${name}`,
  };
}

/** CVs `[frames, k]`, those with a period cut open where the frames are fewest. */
function opened(
  cv: Float64Array,
  k: number,
  periods: readonly Period[],
  weights: ArrayLike<number> | undefined,
): Float64Array {
  const out = Float64Array.from(cv);
  periods.forEach((period, j) => {
    if (!period) return;
    const { values } = openedCircle(columnOf({ values: cv, width: k }, j), period, weights);
    values.forEach((value, frame) => (out[frame * k + j] = value));
  });
  return out;
}

type Judged = Pick<Diagnostics, 'quality' | 'basins' | 'others' | 'hidden'>;

/** Each CV by itself, then beside those before it, then all of them beside the inputs. */
function judgedCvs(
  columns: readonly Float64Array[],
  inputs: Dataset,
  gradient: GradientSample,
  { cvs, lag, state, weights }: DiagnoseOptions,
): Judged {
  const { time, segments } = inputs;
  const weighing = weights && { weights };
  const frames = lagFrames(inputs, lag);
  const basis = frames === undefined ? undefined : inputBasis(inputs, frames, weights);
  const slowest = basis && slowProcesses(basis, segments, frames!, 1, { ...weighing }).at(0)?.value;
  const qualityOf = (component: number, own: CvBasins): CvQuality =>
    cvQuality({
      ...{ cv: columns[component], time, segments, lag, gradient, component, basins: own, ...weighing },
      state,
      slowest,
    });
  const basins = cvBasins(columns[0], time, segments, weights);
  const quality = qualityOf(0, basins);
  const varying = columns.flatMap((values, component) => {
    const own = component === 0 ? basins : basinsOf(values, inputs, weights);
    return own ? [{ values, component, own }] : [];
  });
  const all = {
    values: varying.map(({ values }) => values),
    first: { quality, basins },
    frames: { time, segments },
    lag,
    ...weighing,
  };
  const { byCv, hidden } = addedProcesses(all, basis);
  const others = varying.slice(1).map(({ values, component, own }, i): OtherCv => {
    const adds = byCv[i];
    return {
      name: cvs[component],
      quality: qualityOf(component, own),
      basins: own,
      adds,
      ...mixedBy(all, values),
    };
  });
  return { quality, basins, others, hidden };
}

function dynamics(
  table: { values: Float64Array; width: number },
  columns: readonly Float64Array[],
  inputs: Dataset,
  { quality, others }: Judged,
  { cvs, lag, weights, periods = [] }: DiagnoseOptions,
): Pick<Diagnostics, 'timescales' | 'scores'> {
  const [frames, spacing] = [lagFrames(inputs, lag), evenSpacing(inputs)];
  if (frames === undefined || spacing === undefined) return {};
  const { segments } = inputs;
  const lags = [...new Set([...defaultLags(segments), frames])].sort((a, b) => a - b);
  const scores = heldOutScores(onCircles(table, periods), segments, frames, { weights });
  const known = new Map([[cvs[0], quality] as const, ...others.map((o) => [o.name, o.quality] as const)]);
  const crossed = columns.map((cv, j) => {
    const slow = known.get(cvs[j])?.slow;
    return slow && slow.noTimescale !== 'not crossed' ? cv : undefined;
  });
  const timescales = impliedTimescales(crossed, segments, spacing, { lags, weights });
  return { timescales: timescales.length > 0 ? timescales : undefined, scores };
}
